"""Score speakers, by full name, on articles written for this project in the styles of many publishers.

    python benchmarks/speakers.py [ARTICLE...] [--errors]

An article (speakers/*.txt) begins with its speakers, `@ KEY Full Name / another name as good`; in its text
`{KEY|words}` marks what they say (`{KEY/another name|words}` allows more; `{-|words}` and `{-X|words}` are not judged).
Words that run over several paragraphs are judged paragraph by paragraph: each is a quotation of its own.

found       the marked words stand in a statement that overlaps them
full name   of those, the share whose speaker has one of the names, titles and articles aside
wrong       another name; unresolved: the source's own words, type `unknown`, or nobody
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from quotecli.pipeline import extract
from quotecli.records import Article, Span, Statement

ARTICLES = Path(__file__).parent / "speakers"
MARKED = re.compile(r"\{(?P<who>[^|{}]*)\|(?P<words>[^{}]*)\}")
LINE = re.compile(r"\S[^\n]*")
WORD = re.compile(r"\w+")
TITLES = frozenset("mr mrs ms dr sir dame lord lady prof professor the a an".split())
COVERED = 0.8
"""The share of the marked words that a statement must hold."""


class Said(NamedTuple):
    """Words of an article, and the names of who says them."""

    span: Span
    names: tuple[str, ...]


def read(path: Path) -> tuple[str, list[Said]]:
    """Return an article's text without its marks, and what is said in it."""
    head = re.compile(r"@ (\S+) (.+)\n")
    marked, known, at = path.read_text(encoding="utf-8"), {}, 0
    while match := head.match(marked, at):
        known[match[1]], at = match[2].split(" / "), match.end()
    text, said = "", []
    for match in MARKED.finditer(marked, at):
        text += marked[at : match.start()]
        start, at = len(text), match.end()
        text += match["words"]
        if not match["who"].startswith("-"):
            names = [name for key in match["who"].split("/") for name in known.get(key, [key])]
            spans = (Span(start + line.start(), start + line.end()) for line in LINE.finditer(match["words"]))
            said += [Said(span, tuple(names)) for span in spans]
    return text + marked[at:], said


def judge(text: str, said: Said, statements: list[Statement]) -> tuple[str, str]:
    """Return the verdict on who is given for some words, and the name given."""
    verdicts = []
    for statement in statements:
        if statement.kind != "fact" and _share(text, said.span, statement) >= COVERED:
            speaker = statement.speaker
            name = speaker.name if speaker else ""
            open_ = speaker is None or speaker.type == "unknown"
            right = _key(name) in map(_key, said.names)
            verdicts.append(("right" if right else "unresolved" if open_ else "wrong", name))
    return min(verdicts, default=("missed", ""))


def _share(text: str, span: Span, statement: Statement) -> float:
    places = [match.start() for match in WORD.finditer(text, span.start, span.end)]
    held = sum(any(part.start <= place < part.end for part in statement.content) for place in places)
    return held / len(places)


def _key(name: str) -> list[str]:
    return [word for word in WORD.findall(name.casefold()) if word not in TITLES]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    arguments = parser.parse_args()
    tally: Counter[str] = Counter()
    for path in arguments.articles or sorted(ARTICLES.glob("*.txt")):
        text, gold = read(path)
        statements = extract(Article(id=path.stem, text=text))
        for said in gold:
            verdict, name = judge(text, said, statements)
            tally[verdict] += 1
            if arguments.errors and verdict != "right":
                words = text[said.span.start : said.span.end][:60]
                print(f"{verdict}: {path.stem}: {words!r}: {name!r} for {said.names[0]!r}")
    found = tally.total() - tally["missed"]
    print(
        f"{tally.total()} marked, found {found / tally.total():.1%}, full name {tally['right'] / found:.1%} of these,"
    )
    print(f"wrong {tally['wrong']}, unresolved {tally['unresolved']}")


if __name__ == "__main__":
    main()
