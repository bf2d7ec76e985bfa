"""What a library of many statements costs: `python benchmarks/large.py big.db --statements 10000000`.

The library is that of `search.py` (invented words, as frequent as those of a real language), filled until it holds so
many statements; what was filled before is used again. Told are how fast it is filled, its size, how long it takes to
open, to answer (one to four neighbouring words of a statement, half of them with a typo), to list the speakers, to copy
(`backup`) and to check, and the most memory that was used. Ten million need 20 GB of disk, and an hour or two.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from quotecli.library import Filters, Library, batches
from search import MADE_AT_ONCE, PER_ARTICLE, articles, percentile, queries, timed

SAMPLED = 500
"""Articles from which queries are made."""
OPENINGS = 20
OPEN = "import sys, time; from quotecli.library import Library; t = time.perf_counter();"
OPEN += " Library(sys.argv[1]).close(); print(time.perf_counter() - t)"


def fill(library: Library, count: int) -> None:
    """Store statements until there are `count`; print how fast that was, million by million."""
    held = library.stats().articles * PER_ARTICLE
    made = articles(count)
    for _ in islice(made, held // PER_ARTICLE):
        pass
    clock = processor = 0.0
    stored = 0
    while ready := list(islice(made, MADE_AT_ONCE)):
        before, used = time.perf_counter(), processors()
        for _ in library.add_all(ready):
            pass
        clock += time.perf_counter() - before
        processor += processors() - used
        stored += sum(len(statements) for _, statements in ready)
        if stored % 1_000_000 < MADE_AT_ONCE * PER_ARTICLE:
            print(f"{held + stored:12,} stored: {stored / clock:,.0f} a second, in all", flush=True)
    if stored:
        print(f"{stored:,} statements in {clock:.0f} s: {stored / clock:,.0f} a second;", end=" ")
        print(f"{1e6 * processor / stored:.0f} microseconds of processors each", flush=True)


def processors() -> float:
    """Return the seconds of processors that this process and its children, those that have ended, took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long it took, on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"{what:<12} {clock:9.2f} s on the clock {processor:9.2f} s of the processor", flush=True)


def opening(path: Path) -> None:
    """Print how long it takes to open the library, each time in a new process."""
    command = [sys.executable, "-c", OPEN, str(path)]
    took = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(OPENINGS)]
    print(f"opening: median {statistics.median(took):.4f} s, at most {max(took):.4f} s", flush=True)


def some_texts(path: Path, library: Library) -> list[str]:
    """Return what stands in statements of articles from all over the library."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (most,) = connection.execute("SELECT max(id) FROM article").fetchone()
        rows = range(1, most + 1, max(1, most // SAMPLED))
        found = (connection.execute("SELECT digest FROM article WHERE id = ?", (row,)).fetchone() for row in rows)
        digests = tuple(digest for (digest,) in filter(None, found))
    return [each.text for each in library.statements(Filters(digests=digests))]


def ask(library: Library, texts: list[str], count: int) -> None:
    """Print how long the queries take: the first time, and once more."""
    asked = queries(texts, count)
    search: Callable[[str], list[str]] = lambda query: [hit.text for hit in library.search(query, limit=10)]  # noqa: E731
    for name in ("the first time", "again"):
        times, found = timed(search, asked)
        figures = [percentile(each, share) for each in (times.clock, times.processor) for share in (0.5, 0.95)]
        print(f"{count} queries, {name}: p50 {figures[0]:.1f} ms, p95 {figures[1]:.1f} ms;", end=" ")
        print(f"of the processor {figures[2]:.1f} and {figures[3]:.1f}; {sum(map(bool, found))} answered", flush=True)


def main() -> None:
    """Fill the library, and do with it what its user does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--statements", type=int, default=10_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--quick", action="store_true", help="no backup and no check")
    options = parser.parse_args()
    batches.model_version = lambda: "benchmark"
    path: Path = options.library
    with Library(path) as library:
        fill(library, options.statements)
    print(f"file: {path.stat().st_size / 1e9:.2f} GB", flush=True)
    opening(path)
    with Library(path) as library:
        ask(library, some_texts(path, library), options.queries)
        with told("speakers"):
            library.speakers()
        if not options.quick:
            copy = path.with_suffix(".copy")
            with told("backup"):
                library.backup(copy)
            copy.unlink()
            with told("check"):
                problems = library.check()
            print(*problems or ["nothing is wrong"], sep="\n")
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"most memory of a process: {most / 1024:.0f} MB")


if __name__ == "__main__":
    main()
