"""How fast search and storing are, on a made-up library: `python benchmarks/search.py --statements 1000000`.

The statements are made of invented words whose frequencies fall as those of a real language do (Zipf), by invented
speakers, always the same for one seed. Queries are one to four neighbouring words of a statement, half of them with one
typo (a letter inserted, left out, swapped or replaced). Beside the library's search the same queries are answered, in
the same run and over the same texts, by trying every statement with rapidfuzz (`process.extract` with `partial_ratio`)
and by a plain FTS5 table (which finds no typos).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path

from rapidfuzz import fuzz, process

from quotecli.library import Library, store
from quotecli.library.words import words
from quotecli.records import Article, Mention, Span, Speaker, Statement, text_digest

SEED = 20231005
WORDS = 200_000
SPEAKERS = 20_000
PER_ARTICLE = 40
MADE_AT_ONCE = 5000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Language:
    """Invented words and names, the frequent ones short."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        syllables = [a + b + c for a in "bcdfghklmnprstvw" for b in "aeiou" for c in ("", "", "n", "r", "s", "l")]
        found: dict[str, None] = {}
        while len(found) < WORDS:
            length = min(1 + len(found) // 150, 2) + self.random.choice((0, 0, 1, 1, 2))
            found["".join(self.random.choices(syllables, k=length))] = None
        self.words = list(found)
        self._weights = list(accumulate(1 / (rank + 3) ** 1.15 for rank in range(WORDS)))
        first, last = self.words[1000:3000], self.words[3000:15000]
        self.names = [f"{self.random.choice(first)} {self.random.choice(last)}".title() for _ in range(SPEAKERS)]

    def sentence(self) -> str:
        """Return a sentence of 8 to 32 words, with a comma now and then."""
        chosen = self.random.choices(self.words, cum_weights=self._weights, k=self.random.randint(8, 32))
        chosen[len(chosen) // 2] += ","
        return " ".join(chosen).capitalize() + "."


def articles(count: int, seed: int = SEED) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield articles with `count` statements in all."""
    language = Language(seed)
    for number in range(0, count, PER_ARTICLE):
        lines = [language.sentence() for _ in range(min(PER_ARTICLE, count - number))]
        text = "\n".join(f"“{line}” {language.random.choice(language.names)} said." for line in lines)
        published = f"{2000 + number % 25}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        article = Article(
            id=text_digest(text), text=text, path=f"{number}.txt", outlet=f"Outlet {number % 50}", published=published
        )
        yield article, list(_statements(article))


def _statements(article: Article) -> Iterator[Statement]:
    start = 0
    for paragraph in article.text.split("\n"):
        end = start + paragraph.index("”") + 1
        name = paragraph[end - start + 1 : -len(" said.")]
        cue = start + len(paragraph) - len("said.")
        mention = Mention(name, end + 1, end + 1 + len(name))
        yield Statement(
            id=f"{article.digest}-{start}",
            kind="quote",
            form="direct",
            text=article.text[start:end],
            content=(Span(start, end),),
            cue=Mention("said", cue, cue + 4),
            speaker=Speaker(name=name, type="person", mention=mention, resolved_by="name", evidence="its own name"),
            confidence=0.97,
            article=article.ref,
        )
        start += len(paragraph) + 1


def queries(texts: Sequence[str], count: int, seed: int = SEED) -> list[str]:
    """Return words of randomly chosen statements, every second time with one typo."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        line = words(chance.choice(texts))
        size = chance.choice((1, 2, 2, 3, 3, 4))
        place = chance.randrange(len(line) - size)
        chosen = line[place : place + size]
        if number % 2:
            longest = max(range(size), key=lambda index: len(chosen[index]))
            chosen[longest] = misspelt(chosen[longest], chance)
        found.append(" ".join(chosen))
    return found


def misspelt(word: str, chance: random.Random) -> str:
    """Return `word` with one letter inserted, left out, swapped with the next, or replaced."""
    place = chance.randrange(1, len(word)) if len(word) > 1 else 0
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1 :] or word,
            word[: place - 1] + word[place : place + 1] + word[place - 1 : place] + word[place + 1 :],
            word[:place] + letter + word[place + 1 :],
        )
    )


def plain_index(texts: Sequence[str]) -> sqlite3.Connection:
    """Return an FTS5 table of the same texts, as one would set it up without further thought."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, tokenize = 'porter unicode61')")
    connection.executemany("INSERT INTO plain VALUES (?)", ((text,) for text in texts))
    return connection


def timed(ask: Callable[[str], list[str]], asked: Sequence[str]) -> tuple[list[float], list[list[str]]]:
    """Return for each query the milliseconds it took and the texts it found."""
    times, answers = [], []
    for query in asked:
        start = time.perf_counter()
        answers.append(ask(query))
        times.append((time.perf_counter() - start) * 1000)
    return times, answers


def report(name: str, times: Sequence[float], asked: Sequence[str], answers: Sequence[Sequence[str]]) -> list[float]:
    """Print one line of the table; return the best `partial_ratio` among each query's answers."""
    best = [
        max((fuzz.partial_ratio(query, text) for text in texts), default=0.0)
        for query, texts in zip(asked, answers, strict=True)
    ]
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:<34}{statistics.median(times):>10.2f}{p95:>10.2f}{ordered[-1]:>10.2f}{statistics.mean(best):>12.1f}")
    return best


def stored(path: Path, count: int) -> Library:
    """Return the library at `path`, filled if it is new; say how fast that was."""
    library = Library(path)
    if library.stats().articles:
        return library
    texts = said = 0
    seconds = processor = 0.0
    made = articles(count)
    while ready := list(islice(made, MADE_AT_ONCE)):
        texts += sum(len(article.text.encode()) for article, _ in ready)
        said += sum(len(each.text.encode()) for _, statements in ready for each in statements)
        start, processor_start = time.perf_counter(), time.process_time()
        for _ in library.add_all(ready):
            pass
        seconds += time.perf_counter() - start
        processor += time.process_time() - processor_start
    library.close()
    size = path.stat().st_size
    print(f"stored {count:,} statements in {seconds:.1f} s: {count / seconds:,.0f} a second", end="")
    print(f" (processor time alone: {processor:.1f} s, {count / processor:,.0f} a second)")
    print(
        f"file {size / 1e6:.0f} MB = {size / said:.2f} x the statements' text, {size / texts:.2f} x the articles'",
        end="",
    )
    print(f", {size / (said + texts):.2f} x both")
    return Library(path)


def main() -> None:
    """Fill a library, ask it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--brute", type=int, default=200, help="how many of the queries brute force answers, too")
    parser.add_argument("--library", type=Path, help="keep the library here, and use it again")
    options = parser.parse_args()
    store.model_version = lambda: "benchmark"
    with tempfile.TemporaryDirectory() as folder:
        run(options.library or Path(folder) / "library.db", options)


def run(path: Path, options: argparse.Namespace) -> None:
    """Answer the same queries in each way."""
    with stored(path, options.statements) as library:
        texts = [each.text for each in library.statements()]
        asked = queries(texts, options.queries)
        print(f"\n{len(texts):,} statements, {len(asked)} queries, half of them with a typo; milliseconds")
        print(f"{'':<34}{'median':>10}{'p95':>10}{'longest':>10}{'best score':>12}")
        folded = {" ".join(words(text)): None for text in texts}
        times, found = timed(lambda query: [" ".join(words(h.text)) for h in library.search(query, limit=10)], asked)
        best = report("quotecli", times, asked, found)
        few = asked[: options.brute]
        lines = list(folded)
        brute_times, brute_found = timed(
            lambda query: [text for text, _, _ in process.extract(query, lines, scorer=fuzz.partial_ratio, limit=10)],
            few,
        )
        brute = report("rapidfuzz over every statement", brute_times, few, brute_found)
        plain = plain_index(lines)
        command = "SELECT text FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"
        plain_times, plain_found = timed(lambda query: [text for (text,) in plain.execute(command, (query,))], asked)
        report("plain FTS5, bm25", plain_times, asked, plain_found)
        as_good = sum(ours >= other - 2 for ours, other in zip(best, brute, strict=False))
        print(f"\nbest score at least brute force's less 2 points: {100 * as_good / len(brute):.1f} % of {len(brute)}")
        print(
            f"times faster than brute force (medians): {statistics.median(brute_times) / statistics.median(times):,.0f}"
        )
        worst = sorted(zip((b - o for o, b in zip(best, brute, strict=False)), asked, strict=False), reverse=True)[:8]
        print("largest gaps:", ", ".join(f"{query!r} {gap:.0f}" for gap, query in worst), file=sys.stderr)


if __name__ == "__main__":
    main()
