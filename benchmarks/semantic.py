"""How well and how fast `--semantic` finds: `python benchmarks/semantic.py [--statements 1000000] [--encoder FOLDER]`.

The quality is measured on the hand-made queries of tests/library/paraphrases.json, none of which has a word in common
with the statement that it means: beside the search by words, the vectors of words that ship with quotecli and, with
`--encoder` (the folder of all-MiniLM-L6-v2; needs torch), the sentence encoder that they were learned from. The speed
is that of a made-up library, of real words as frequent as in real texts: making the codes of its statements, and
searching.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from quotecli.library import Filters, Library, batches
from quotecli.library.index_words import words
from quotecli.library.query import parse
from quotecli.library.semantic import LEAST, Wanted
from quotecli.meaning.table import FILE
from quotecli.records import Article, Span, Statement, text_id
from search import MADE_AT_ONCE, Language, articles, percentile, queries, seconds, timed

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests" / "library" / "paraphrases.json").read_text(encoding="utf-8"))
TEXTS = [text for text, _, _ in CASES["statements"]]
WHOLE_COMMANDS = 5
COMPARED, COMPARISONS = 50_000, 20
Answer = Callable[[str], Sequence[str]]


class English(Language):
    """Sentences of the words that the vectors know, the frequent ones first, as they are frequent in English."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        with np.load(FILE) as file:
            known = file["words"].tobytes().decode("ascii").split("\n")
        self.words = [*known, *self.words][: len(self.words)]


def whole(text: str) -> tuple[Article, list[Statement]]:
    """Return an article that is one statement, a fact."""
    article = Article(id=text_id(text), text=text)
    span = Span(0, len(text))
    fact = Statement(
        id=f"{article.text_id}-0", kind="fact", text=text, content=(span,), confidence=1.0, article=article.ref
    )
    return article, [fact]


def by_encoder(folder: Path) -> Answer:
    """Return what answers by the cosines of the sentence encoder's vectors."""
    sys.path.insert(0, str(ROOT / "training"))
    from encoder import Encoder

    encoder = Encoder(folder)
    known = encoder.vectors(TEXTS)

    def answer(query: str) -> list[str]:
        (vector,) = encoder.vectors([query])
        return [TEXTS[row] for row in np.argsort(-(known @ vector), kind="stable")[:10]]

    return answer


def quality(encoder: Path | None) -> None:
    """Print how often each way of searching finds what is meant."""
    print(f"{len(TEXTS)} statements, {len(CASES['queries'])} queries without a word of theirs")
    with Library(":memory:") as library:
        for _ in library.add_all(map(whole, TEXTS)):
            pass
        report("by words", lambda query: [hit.text for hit in library.search(query, limit=10)])
        report("--semantic", lambda query: [hit.text for hit in library.search(query, limit=10, semantic=True)])
        nothing = [query for query in CASES["nonsense"] if not library.search(query, semantic=True)]
        print(f"of {len(CASES['nonsense'])} queries about other things, {len(nothing)} find nothing")
    if encoder:
        report("sentence encoder", by_encoder(encoder))


def report(name: str, answer: Answer) -> None:
    """Print one line: the mean reciprocal rank, and how many are first, and among the first ten."""
    ranks = []
    for query, number in CASES["queries"]:
        found = list(answer(query))
        ranks.append(found.index(TEXTS[number]) + 1 if TEXTS[number] in found else 0)
    mean = statistics.mean(1 / rank if rank else 0 for rank in ranks)
    first, ten = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 10))
    print(f"{name:<20} MRR {mean:.3f}   first {first:.0%}   among ten {ten:.0%}", flush=True)


def filled(path: Path, count: int) -> Library:
    """Return the library at `path`, with so many statements if it is new."""
    library = Library(path)
    made: Iterator[tuple[Article, list[Statement]]] = articles(count, kind=English) if library.is_empty() else iter(())
    while ready := list(islice(made, MADE_AT_ONCE)):
        for _ in library.add_all(ready):
            pass
    return library


def speed(path: Path, options: argparse.Namespace) -> None:
    """Print how long it takes to make the codes, and to search."""
    with filled(path, options.statements) as library:
        said = sum(len(each.text.encode()) for each in library.statements())
        before, start, processor = library.stats().size, time.perf_counter(), time.process_time()
        done = sum(library.understand())
        print(f"\n{done:,} codes made in {time.perf_counter() - start:.1f} s", end=" ")
        print(f"({time.process_time() - processor:.1f} s of the processor)")
        library.compact()
        after = library.stats().size
        print(f"file {before / 1e6:.0f} MB, {before / said:.2f} x the statements' text;", end=" ")
        print(f"with codes {after / 1e6:.0f} MB, {after / said:.2f} x")
        asked = queries([each.text for each in islice(library.statements(), 10_000)], options.queries)
        for again in ("first", "again"):
            times, _ = timed(lambda query: [hit.text for hit in library.search(query, limit=10, semantic=True)], asked)
            figures = [percentile(each, share) for each in (times.clock, times.processor) for share in (0.5, 0.95)]
            print(f"{again}: median, p95 {figures[0]:.0f}, {figures[1]:.0f} ms;", end=" ")
            print(f"of the processor {figures[2]:.0f}, {figures[3]:.0f} ms")
    command = [sys.executable, "-m", "quotecli", "search", "--semantic", "expelled migrants", "--library", str(path)]
    print(f"whole command: {statistics.median(seconds(command) for _ in range(WHOLE_COMMANDS)):.2f} s of the processor")
    agreement(path, asked[:COMPARISONS])


def agreement(path: Path, asked: Sequence[str]) -> None:
    """Print how many of the ten best of all statements, each judged by its words' vectors, the search finds."""
    shares = []
    with Library(path) as library:
        some = list(islice(library.statements(), COMPARED))
        texts = [words(each.text) for each in some]
        only = Filters(digests=tuple({library.article_of(each).digest: None for each in some}))
        for query in asked:
            scores = Wanted(library._connection, parse(query)).scores(texts)
            best = sorted(range(len(texts)), key=lambda row: -scores[row])[:10]
            wanted = {some[row].id for row in best if scores[row] >= LEAST}
            found = {hit.id for hit in library.search(query, only, limit=10, semantic=True)}
            shares += [len(wanted & found) / len(wanted)] if wanted else []
    print(
        f"of the ten best of {COMPARED:,} by brute force, found: {statistics.mean(shares):.1%} ({len(shares)} queries)"
    )


def main() -> None:
    """Measure the quality and, if asked to, the speed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=0)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--library", type=Path, help="keep the library here, and use it again")
    options = parser.parse_args()
    batches.model_version = lambda: "benchmark"
    quality(options.encoder)
    if options.statements:
        with tempfile.TemporaryDirectory() as folder:
            speed(options.library or Path(folder) / "library.db", options)


if __name__ == "__main__":
    main()
