"""What the benchmarks of rules share: the network's answers kept between runs, and rules switched off by name."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from quotecli import pipeline
from quotecli.attribution import Attribution, resolve_surely
from quotecli.model import Name, Tagging, tag
from quotecli.records import Article, Speaker, Statement
from quotecli.text import Document
from quotecli.versions import PACKAGE, digest_of

ROOMS = ("quotecli.attribution.speakers", "quotecli.attribution.mentions")
NEUTRAL: dict[str, Callable[[], Any]] = {
    "bool": lambda: False,
    "float": lambda: 0.0,
    "int": lambda: 0,
    "str": str,
    "list": list,
    "tuple": tuple,
    "frozenset": frozenset,
    "Iterator": lambda: iter(()),
}
"""What a rule that is switched off returns, by the first word of its return type; None for every other type."""


@contextmanager
def tagged_once(folder: Path) -> Iterator[None]:
    """Let `extract` run the network once a text: its answers stay in `folder`, so that a change of rules is measured in
    seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    version = digest_of(PACKAGE, ("model", "text"))

    def cached(document: Document, *, alone: bool = False) -> Tagging:
        key = hashlib.sha256(f"{version}\n{document.text}".encode("utf-8", "surrogatepass")).hexdigest()
        path = folder / f"{key}.msgpack"
        if path.exists():
            return msgspec.msgpack.decode(path.read_bytes(), type=Tagging)
        tagging = tag(document, alone=alone)
        path.write_bytes(msgspec.msgpack.encode(tagging))
        return tagging

    with replaced(pipeline, "tag", cached):
        yield


Asked = tuple[Article, Document, tuple[Name, ...], list[Attribution]]
"""What `resolve_surely` is asked for an article."""


def asked(article: Article) -> tuple[list[Statement], Asked]:
    """Return the statements of an article, and what `resolve_surely` is asked: changed rules ask that again."""
    calls: list[Asked] = []

    def recorded(*arguments: Any) -> list[tuple[Speaker | None, float]]:
        calls.append(arguments)
        return resolve_surely(*arguments)

    with replaced(pipeline, "resolve_surely", recorded):
        return pipeline.extract(article), calls[0]


@contextmanager
def without(rule: str) -> Iterator[None]:
    """Switch off a function or method of attribution/speakers or mentions, named as `module.function` or
    `module.Class.method`."""
    module_name, *path = rule.split(".")
    rooms = (room for room in ROOMS if importlib.util.find_spec(f"{room}.{module_name}") is not None)
    module = importlib.import_module(f"{next(rooms, ROOMS[0])}.{module_name}")
    if len(path) > 1:
        owner = getattr(module, path[0])
        with replaced(owner, path[1], _neutral(getattr(owner, path[1]))):
            yield
        return
    plain = getattr(module, path[0])
    users = [m for name, m in sys.modules.items() if name.startswith("quotecli.")]
    places = [m for m in users if getattr(m, path[0], None) is plain]
    for place in places:
        setattr(place, path[0], _neutral(plain))
    try:
        yield
    finally:
        for place in places:
            setattr(place, path[0], plain)


def _neutral(rule: Callable[..., Any]) -> Callable[..., Any]:
    returns = str(rule.__annotations__.get("return", "None"))
    kind = "None" if "None" in returns else returns.partition("[")[0]
    value = NEUTRAL.get(kind, lambda: None)
    return lambda *_, **__: value()


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Let `owner` have another value under `name` meanwhile."""
    plain = vars(owner)[name]
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, plain)
