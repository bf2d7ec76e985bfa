"""Score what is told of sources: their names, whatever they are, people's roles, and types.

    python benchmarks/sourcing.py [a|b|c|d] [--errors]

An article (sourcing/*.txt) begins with its sources, `@ KEY Name / another as good | role / another | type/type`; in its
text `{KEY|words}` marks what they say. The articles of parts `b` and `d` are for the last check: who writes rules does
not open them.

found  the marked words stand in a statement · names  of the found ones, with one of the names, by kind of source
roles  of the people found, with one of the roles (`-`: none), articles aside · types  with one of the types
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quotecli.pipeline import extract
from quotecli.records import Article, Span, Speaker, Statement

ARTICLES = Path(__file__).parent / "sourcing"
MARKED = re.compile(r"\{(?P<who>[^|{}]*)\|(?P<words>[^{}]*)\}")
WORD = re.compile(r"\w+")
SMALL = frozenset("mr mrs ms dr sir the a an of s at for with".split())


class Source(NamedTuple):
    names: tuple[str, ...]
    roles: tuple[str, ...]
    types: tuple[str, ...]


def read(path: Path) -> tuple[str, list[tuple[Span, Source]]]:
    """Return an article's text without its marks, and what is said in it by which source."""
    head = re.compile(r"@ (\S+) ([^|\n]+) \| ([^|\n]+) \| (\S+)\n")
    marked, known, at = path.read_text(encoding="utf-8"), {}, 0
    while match := head.match(marked, at):
        roles = () if match[3] == "-" else tuple(match[3].split(" / "))
        known[match[1]] = Source(tuple(match[2].split(" / ")), roles, tuple(match[4].split("/")))
        at = match.end()
    text, said = "", []
    for match in MARKED.finditer(marked, at):
        text += marked[at : match.start()]
        said.append((Span(len(text), len(text) + len(match["words"])), known[match["who"]]))
        text, at = text + match["words"], match.end()
    return text + marked[at:], said


def key(name: str | None) -> list[str]:
    """Return the words that a name or a role is compared by."""
    return [word for word in WORD.findall((name or "").casefold().replace("’", "'")) if word not in SMALL]


def speaker_of(text: str, span: Span, statements: Sequence[Statement]) -> tuple[bool, Speaker | None]:
    """Return whether a statement holds most of the words, and who says them."""
    words = [match.start() for match in WORD.finditer(text, span.start, span.end)]
    for statement in statements:
        held = sum(any(part.start <= word < part.end for part in statement.content) for word in words)
        if statement.kind != "fact" and held >= 0.8 * len(words):
            return True, statement.speaker
    return False, None


def judge(
    paths: Sequence[Path], statements_of: Callable[[Article], list[Statement]]
) -> Iterator[tuple[str, str, bool, str]]:
    """Yield what is judged, of which article, whether it is right, and what it is instead."""
    for path in paths:
        text, said = read(path)
        statements = statements_of(Article(id=path.stem, text=text))
        people: dict[Source, Speaker] = {}
        for span, source in said:
            found, speaker = speaker_of(text, span, statements)
            yield "found", path.stem, found, text[span.start : span.end]
            if not found:
                continue
            name = speaker.name if speaker else None
            right = key(name) in map(key, source.names)
            wanted = f"{name!r} for {source.names[0]!r}"
            person = source.types == ("person",)
            yield "names of persons" if person else "names of others", path.stem, right, wanted
            if speaker and right:
                of = f"{name}: {speaker.type} for {'/'.join(source.types)}"
                yield "types", path.stem, speaker.type in source.types, of
                people.setdefault(source, speaker)
        for source, speaker in people.items():
            if source.types == ("person",):
                right = key(speaker.role) in map(key, source.roles or ("",))
                yield "roles", path.stem, right, f"{speaker.name}: {speaker.role!r} for {source.roles}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=("a", "b", "c", "d"), default="a")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    arguments = parser.parse_args()
    tally: Counter[tuple[str, bool]] = Counter()
    for what, article, right, instead in judge(sorted(ARTICLES.glob(f"{arguments.part}*.txt")), extract):
        tally[what, right] += 1
        if arguments.errors and not right:
            print(f"{what}: {article}: {instead}")
    for what in dict.fromkeys(what for what, _ in tally):
        found, missed = tally[what, True], tally[what, False]
        print(f"{what} {found / (found + missed):.1%} of {found + missed}")


if __name__ == "__main__":
    main()
