"""Score speakers, by full name, on articles written for this project and, if there are any, on real pages with gold.

    python benchmarks/speakers.py [ARTICLE...] [--pages FOLDER --gold FILE] [--cache FOLDER] [--errors]
        [--without RULE...] [--removals]

An article (speakers/*.txt) begins with its speakers, `@ KEY Full Name / another name as good`; in its text
`{KEY|words}` marks what they say (`{KEY/another name|words}` allows more; `{-|words}` and `{-X|words}` are not judged).
Words that run over several paragraphs are judged paragraph by paragraph: each is a quotation of its own.
A third of the articles, by the hash of their names, is held out: nobody who writes rules opens these.
GOLD: JSON Lines, one page a line: its `file`, `spans` (quotations: head, tail, kind, speaker, accept,
unsure) and `indirect` (claims, the same). CACHE: the network's answers are kept there: the second run takes seconds.

found       the words stand in a statement
full name   of those, the share whose speaker has one of the names, titles and articles aside
who+what    found and fully named: the figure that counts
without     what each RULE (`cast.Cast._misspelt`, `kinds.correct_kinds`) earns: verdicts that turn wrong and right
            when it is switched off
removals    of 1,000 removals of a paragraph that says nothing and names nobody who comes up elsewhere or is right to
            speak there, how many give somebody's words elsewhere to another, and how many let words come or go
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from cached import Asked, asked, tagged_once, without
from quotecli import pipeline
from quotecli.attribution import resolve_surely
from quotecli.loading import load
from quotecli.model import Tagging
from quotecli.pipeline import extract
from quotecli.records import Article, Span, Speaker, Statement
from quotecli.text import Document, parse

ARTICLES = Path(__file__).parent / "speakers"
MARKED = re.compile(r"\{(?P<who>[^|{}]*)\|(?P<words>[^{}]*)\}")
LINE = re.compile(r"\S[^\n]*")
WORD = re.compile(r"\w+")
CAPITALISED = re.compile(r"[^\W\d_a-z]\w*")
TITLES = frozenset("mr mrs ms dr sir dame lord lady prof professor the a an".split())
COVERED = 0.8
"""The share of the marked words that a statement must hold."""
HELD_OUT = 3
"""One in so many articles is held out."""

Holds = Callable[[Statement], bool]
Verdicts = dict[tuple[str, str, int], str]
"""right, wrong, unresolved or missed, by set, article and place in the gold."""


class Said(NamedTuple):
    """Words that someone says, the names of who says them, and whether a statement holds them."""

    words: str
    names: tuple[str, ...]
    holds: Holds


class Sample(NamedTuple):
    """An article with its gold, and the set that it belongs to."""

    part: str
    article: Article
    said: list[Said]


class Prepared(NamedTuple):
    """A sample, what `resolve_surely` is asked for it, and which attributions hold each of the words said."""

    sample: Sample
    asked: Asked
    hits: list[list[int]]


def read(path: Path) -> Sample:
    """Return an article of ours without its marks, and what is said in it."""
    head = re.compile(r"@ (\S+) (.+)\n")
    marked, known, at = path.read_text(encoding="utf-8"), {}, 0
    while match := head.match(marked, at):
        known[match[1]], at = match[2].split(" / "), match.end()
    text, found = "", []
    for match in MARKED.finditer(marked, at):
        text += marked[at : match.start()]
        start, at = len(text), match.end()
        text += match["words"]
        if not match["who"].startswith("-"):
            names = tuple(name for key in match["who"].split("/") for name in known.get(key, [key]))
            spans = (Span(start + line.start(), start + line.end()) for line in LINE.finditer(match["words"]))
            found += [(span, names) for span in spans]
    text += marked[at:]
    said = [Said(text[span.start : span.end], names, _covers(text, span)) for span, names in found]
    part = "ours, held out" if is_held_out(path.stem) else "ours"
    return Sample(part, Article(id=path.stem, text=text), said)


def is_held_out(name: str) -> bool:
    """Whether an article of this name belongs to the third that nobody who writes rules opens."""
    return hashlib.sha256(name.encode()).digest()[0] % HELD_OUT == 0


def read_pages(folder: Path, gold: Path) -> Iterator[Sample]:
    """Yield the pages of a folder (files, or the texts that the gold has itself) with their gold."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = next(iter(load([str(folder / row["file"])])))
        if not isinstance(article, Article):
            raise SystemExit(f"{article.path}: {article.reason}")
        quotes = [s for s in row["spans"] if not s.get("unsure") and s["kind"] != "none"]
        yield Sample("pages, quotes", article, [_gold(span, "quote") for span in quotes])
        yield Sample("pages, claims", article, [_gold(span, None) for span in row["indirect"]])


def _gold(span: dict[str, Any], kind: str | None) -> Said:
    names = tuple(filter(None, (span["speaker"], *span.get("accept", ()))))
    head, tail = _words(span["head"]), _words(span["tail"])

    def holds(statement: Statement) -> bool:
        if statement.kind != kind and kind is not None:
            return False
        words = _words(statement.text)
        at = _find(head, words, 0)
        return at >= 0 and _find(tail, words, at) >= 0

    return Said(span["head"], names, holds)


def _find(needle: list[str], words: list[str], start: int) -> int:
    places = range(start, len(words) - len(needle) + 1)
    return next((i for i in places if words[i : i + len(needle)] == needle), -1)


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return WORD.findall("".join(c for c in flat if not unicodedata.combining(c)).casefold())


def _covers(text: str, span: Span) -> Holds:
    places = [match.start() for match in WORD.finditer(text, span.start, span.end)]

    def holds(statement: Statement) -> bool:
        held = sum(any(part.start <= place < part.end for part in statement.content) for place in places)
        return statement.kind != "fact" and held >= COVERED * len(places)

    return holds


def prepared(samples: Iterable[Sample]) -> list[Prepared]:
    """Return the samples with what does not depend on the rules of speakers worked out."""
    found, last = [], None
    for sample in samples:
        if last is None or last[0] is not sample.article:
            last = (sample.article, *asked(sample.article))
        _, statements, question = last
        places = {attribution.content: i for i, attribution in enumerate(question[3])}
        attributed = [(places[s.content], s) for s in statements if s.content in places]
        hits = [[i for i, statement in attributed if said.holds(statement)] for said in sample.said]
        found.append(Prepared(sample, question, hits))
    return found


def verdicts(samples: Iterable[Prepared], *, errors: bool = False) -> Verdicts:
    """Return the verdict on everything that is said in the samples."""
    found: Verdicts = {}
    last: tuple[Asked, list[Speaker | None]] | None = None
    for (part, article, said), question, hits in samples:
        if last is None or last[0] is not question:
            last = (question, [speaker for speaker, _ in resolve_surely(*question)])
        for i, (one, places) in enumerate(zip(said, hits, strict=True)):
            verdict, name = min((judge(one, last[1][place]) for place in places), default=("missed", ""))
            found[part, article.id, i] = verdict
            if errors and verdict != "right" and "held out" not in part:
                print(f"{verdict}: {part}: {article.id}: {one.words[:60]!r}: {name!r} for {one.names[:1]}")
    return found


def judge(said: Said, speaker: Speaker | None) -> tuple[str, str]:
    """Return the verdict on who is given for some words, and the name given."""
    name = speaker.name if speaker else ""
    if is_right(name, said.names):
        return "right", name
    return "unresolved" if speaker is None or speaker.resolved_by is None else "wrong", name


def is_right(name: str, names: Sequence[str]) -> bool:
    """Whether a name is one of those in the gold, titles and articles aside; none, where it has none."""
    return _key(name) in map(_key, names) or not (names or name)


def _key(name: str) -> list[str]:
    return [word for word in _words(name) if word not in TITLES]


def report(found: Verdicts) -> None:
    """Print the shares of each set, side by side."""
    print(" " * 19, "said  found full name who+what  by page  wrong unresolved")
    for part in dict.fromkeys(part for part, _, _ in found):
        tally = Counter(verdict for key, verdict in found.items() if key[0] == part)
        right, all_, missed = tally["right"], tally.total(), tally["missed"]
        print(
            f"{part:16} {all_:6} {1 - missed / all_:6.1%} {right / (all_ - missed):9.1%} {right / all_:8.1%} "
            f"{_by_page(found, part):8.1%} {tally['wrong']:6} {tally['unresolved']:10}"
        )


def _by_page(found: Verdicts, part: str) -> float:
    pages: dict[str, list[bool]] = {}
    for (of, page, _), verdict in found.items():
        if of == part:
            pages.setdefault(page, []).append(verdict == "right")
    return sum(sum(page) / len(page) for page in pages.values()) / len(pages)


def compare(rule: str, before: Verdicts, after: Verdicts) -> None:
    """Print what a rule earns: which verdicts turn wrong, and which turn right, without it."""
    columns = []
    for part in dict.fromkeys(part for part, _, _ in before):
        keys = [key for key in before if key[0] == part]
        lost = sum(before[key] == "right" != after[key] for key in keys)
        won = sum(before[key] != "right" == after[key] for key in keys)
        columns.append(f"{part} -{lost} +{won}")
    print(f"without {rule:40} {'   '.join(columns)}", flush=True)


def removals(samples: Iterable[Sample]) -> None:
    """Print how often a paragraph that has nothing to do with it decides who speaks elsewhere."""
    done = turned = moved = 0
    articles: dict[int, tuple[Article, set[str]]] = {}
    for _, article, said in samples:
        _, speaking = articles.setdefault(id(article), (article, set()))
        speaking.update(word for one in said for name in one.names for word in _words(name))
    for article, speaking in articles.values():
        document = parse(article.text)
        whole = _spoken(article)
        for paragraph in _unrelated(document, pipeline.tag(document), speaking):  # type: ignore[attr-defined]  # it may be kept
            rest = _spoken(_without(article, paragraph))
            kept = {words: who for words, who in whole.items() if words in rest}
            done += 1
            turned += any(rest[words] != who for words, who in kept.items())
            moved += len(kept) < len(whole) or len(rest) > len(kept)
    per = 1000 / max(1, done)
    print(f"{done} removals: per 1,000, {turned * per:.1f} turn a speaker, {moved * per:.1f} let words come or go")


def _spoken(article: Article) -> dict[str, str | None]:
    """Return who says what, by the words said."""
    return {s.text: s.speaker.name if s.speaker else None for s in extract(article) if s.kind != "fact"}


def _without(article: Article, paragraph: Span) -> Article:
    end = paragraph.end + len(article.text[paragraph.end :]) - len(article.text[paragraph.end :].lstrip("\n"))
    return Article(id=article.id, text=article.text[: paragraph.start] + article.text[end:], byline=article.byline)


def _unrelated(document: Document, tagging: Tagging, speaking: set[str]) -> Iterator[Span]:
    """Yield the paragraphs but the first that say nothing and name nobody who comes up elsewhere, by name or (by the
    capitalised words of their names, whether the network sees names in them or not) as who speaks."""
    text = document.text
    for paragraph in document.paragraphs[1:]:

        def inside(start: int, paragraph: Span = paragraph) -> bool:
            return paragraph.start <= start < paragraph.end

        if any(inside(part.start) for part in tagging.parts) or any(inside(q.start) for q in document.quotations):
            continue
        own = {word for n in tagging.names if inside(n.start) for word in _words(text[n.start : n.end])}
        others = {word for n in tagging.names if not inside(n.start) for word in _words(text[n.start : n.end])}
        capitalised = {w for m in CAPITALISED.finditer(text, paragraph.start, paragraph.end) for w in _words(m[0])}
        if not own & (others | speaking) and not (capitalised - TITLES) & speaking:
            yield paragraph


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path)
    parser.add_argument("--pages", type=Path, help="the folder of real pages")
    parser.add_argument("--gold", type=Path, help="who says what on them")
    parser.add_argument("--cache", type=Path, help="the folder where the network's answers are kept")
    parser.add_argument("--errors", action="store_true", help="list what is not right, but for the held-out third")
    parser.add_argument("--without", nargs="+", default=[], metavar="RULE", help="rules to switch off, one at a time")
    parser.add_argument("--removals", action="store_true", help="take out paragraphs that have nothing to do with it")
    arguments = parser.parse_args()
    with tagged_once(arguments.cache) if arguments.cache else nullcontext():
        samples = [read(path) for path in arguments.articles or sorted(ARTICLES.glob("*.txt"))]
        if arguments.pages:
            samples = [*read_pages(arguments.pages, arguments.gold), *samples]
        if arguments.removals:
            removals(samples)
            return
        ready = prepared(samples)
        found = verdicts(ready, errors=arguments.errors)
        report(found)
        for rule in arguments.without:
            with without(rule):
                compare(rule, found, verdicts(ready))


if __name__ == "__main__":
    main()
