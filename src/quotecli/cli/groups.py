"""Options that several commands share, declared once as the fields of a record.

Typer reads the options of a command off its function's parameters. `grouped` lets a parameter stand for a whole group:

    class Where(msgspec.Struct, frozen=True):
        library: Annotated[str | None, typer.Option(help="...")] = None

    @grouped
    def speakers(where: Where) -> Exit: ...

gives the command an option `--library` and its function a `Where`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints

import msgspec

Result = TypeVar("Result")


def grouped(function: Callable[..., Result]) -> Callable[..., Result]:
    """Return `function` with each parameter whose type is a record replaced by the fields of that record."""
    hints = get_type_hints(function, include_extras=True)
    plain: list[inspect.Parameter] = []
    groups: dict[str, type[msgspec.Struct]] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints[name]
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            groups[name] = hint
            plain += [_parameter(field) for field in msgspec.structs.fields(hint)]
        else:
            plain.append(parameter.replace(annotation=hint))

    def command(**given: Any) -> Result:
        for name, record in groups.items():
            given[name] = record(**{field: given.pop(field) for field in record.__struct_fields__})
        return function(**given)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__signature__ = inspect.Signature(_keywords(plain))  # type: ignore[attr-defined]
    return command


def _parameter(field: msgspec.structs.FieldInfo) -> inspect.Parameter:
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type)


def _keywords(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    return [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
