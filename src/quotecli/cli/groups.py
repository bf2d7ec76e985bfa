"""Options that several commands share, declared once as the fields of a record.

Typer reads the options of a command off its function's parameters. `grouped` lets a parameter stand for a whole group:

    class Where(msgspec.Struct, frozen=True):
        library: Annotated[str | None, typer.Option(help="...")] = None

    @grouped
    def speakers(where: Where) -> Exit: ...

gives the command an option `--library` and its function a `Where`. A record may hold others.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeGuard, TypeVar, get_type_hints

import msgspec

Result = TypeVar("Result")


def grouped(function: Callable[..., Result]) -> Callable[..., Result]:
    """Return `function` with each parameter whose type is a record replaced by the fields of that record."""
    hints = get_type_hints(function, include_extras=True)
    plain: list[inspect.Parameter] = []
    groups: dict[str, type[msgspec.Struct]] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if _is_record(hints[name]):
            groups[name] = hints[name]
            plain += _parameters(hints[name])
        else:
            plain.append(parameter.replace(annotation=hints[name]))

    def command(**given: Any) -> Result:
        for name, record in groups.items():
            given[name] = _filled(record, given)
        return function(**given)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__signature__ = inspect.Signature(_keywords(plain))  # type: ignore[attr-defined]
    return command


def _is_record(hint: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def _parameters(record: type[msgspec.Struct]) -> list[inspect.Parameter]:
    """Return a parameter for each field of a record, and for those of the records in it."""
    found: list[inspect.Parameter] = []
    for field in msgspec.structs.fields(record):
        if _is_record(field.type):
            found += _parameters(field.type)
        else:
            kind = inspect.Parameter.KEYWORD_ONLY
            found.append(inspect.Parameter(field.name, kind, default=field.default, annotation=field.type))
    return found


def _filled(record: type[msgspec.Struct], given: dict[str, Any]) -> msgspec.Struct:
    """Take the values of a record's fields out of `given`, and return the record."""
    fields = msgspec.structs.fields(record)
    return record(
        **{
            field.name: _filled(field.type, given) if _is_record(field.type) else given.pop(field.name)
            for field in fields
        }
    )


def _keywords(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    return [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
