"""How fast search and storing are, on a made-up library: `python benchmarks/search.py --statements 1000000`.

The statements are made of invented words whose frequencies fall as those of a real language do (Zipf), by invented
speakers, always the same for one seed. Queries are one to four neighbouring words of a statement, half of them with one
typo (a letter inserted, left out, swapped or replaced). Beside the library's search the same queries are answered, in
the same run and over the same texts, by trying every statement with rapidfuzz (`process.extract` with `partial_ratio`),
by tantivy (each word with up to one typo) and by a plain FTS5 table (which finds no typos); and the library's search by
a library of 10,000 statements, and by the whole command. Processor time is given beside the time on the clock, which
other programs on the machine make longer. Needs `pip install --group benchmark`.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process

from quotecli.library import Library, batches
from quotecli.library.index_words import words
from quotecli.records import Article, Mention, Span, Speaker, Statement, text_id

SEED = 20231005
WORDS = 200_000
SPEAKERS = 20_000
PER_ARTICLE = 40
MADE_AT_ONCE = 5000
SMALL = 10_000
COMMANDS = 20
POINTS = 2
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


def articles(
    count: int, seed: int = SEED, kind: type[Language] = Language
) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield articles with `count` statements in all, of this kind of language."""
    language = kind(seed)
    for number in range(0, count, PER_ARTICLE):
        lines = [language.sentence() for _ in range(min(PER_ARTICLE, count - number))]
        text = "\n".join(f"“{line}” {language.random.choice(language.names)} said." for line in lines)
        published = f"{2000 + number % 25}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        article = Article(
            id=text_id(text), text=text, path=f"{number}.txt", outlet=f"Outlet {number % 50}", published=published
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
            id=f"{article.text_id}-{start}",
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


def plain_index(texts: Sequence[str]) -> Callable[[str], list[str]]:
    """Return what answers a query with an FTS5 table, as one would set it up without further thought."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, tokenize = 'porter unicode61')")
    connection.executemany("INSERT INTO plain VALUES (?)", ((text,) for text in texts))
    command = "SELECT text FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"
    return lambda query: [text for (text,) in connection.execute(command, (query,))]


def tantivy_index(texts: Sequence[str]) -> Callable[[str], list[str]]:
    """Return what answers a query with tantivy: a stemmed index, the best by BM25, each word with up to one typo."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> list[str]:
        parsed = index.parse_query(query, ["text"], fuzzy_fields={"text": (False, 1, True)})
        return [searcher.doc(address)["text"][0] for _, address in searcher.search(parsed, 10).hits]

    return ask


class Times(msgspec.Struct):
    """Milliseconds on the clock and of the processor, one of each a query."""

    clock: list[float] = msgspec.field(default_factory=list)
    processor: list[float] = msgspec.field(default_factory=list)


def timed(ask: Callable[[str], list[str]], asked: Sequence[str]) -> tuple[Times, list[list[str]]]:
    """Return for each query the time it took and the texts it found."""
    times, answers = Times(), []
    for query in asked:
        start, processor_start = time.perf_counter(), time.process_time()
        answers.append(ask(query))
        times.clock.append((time.perf_counter() - start) * 1000)
        times.processor.append((time.process_time() - processor_start) * 1000)
    return times, answers


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time that this share of the queries took at most."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def report(name: str, times: Times, asked: Sequence[str], answers: Sequence[Sequence[str]]) -> list[float]:
    """Print one line of the table; return the best `partial_ratio` among each query's answers."""
    best = [
        max((fuzz.partial_ratio(query, text) for text in texts), default=0.0)
        for query, texts in zip(asked, answers, strict=True)
    ]
    figures = [percentile(each, share) for each in (times.clock, times.processor) for share in (0.5, 0.95)]
    print(f"{name:<34}{''.join(f'{figure:>12.2f}' for figure in figures)}{statistics.mean(best):>12.1f}", flush=True)
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
    compared = {"the statements' text": said, "the articles'": texts, "both": said + texts}
    print(f"file {size / 1e6:.0f} MB =", ", ".join(f"{size / text:.2f} x {what}" for what, text in compared.items()))
    return Library(path)


def main() -> None:
    """Fill a library, ask it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--brute", type=int, default=200, help="how many of the queries brute force answers, too")
    parser.add_argument("--library", type=Path, help="keep the library here, and use it again")
    options = parser.parse_args()
    batches.model_version = lambda: "benchmark"
    with tempfile.TemporaryDirectory() as folder:
        run(options.library or Path(folder) / "library.db", options)


def run(path: Path, options: argparse.Namespace) -> None:
    """Answer the same queries in each way."""
    with stored(path, options.statements) as library:
        texts = [each.text for each in library.statements()]
        asked = queries(texts, options.queries)
        lines = list({" ".join(words(text)): None for text in texts})
        print(f"\n{len(texts):,} statements, {len(asked)} queries, half of them with a typo; milliseconds")
        headings = ("median", "p95", "processor", "p95", "best score")
        print(f"{'':<34}{''.join(f'{each:>12}' for each in headings)}")
        times, found = timed(lambda query: answers(library, query), asked)
        best = report("quotecli", times, asked, found)
    few = asked[: options.brute]
    brute_times, brute_found = timed(lambda query: tried(query, lines), few)
    brute = report(f"rapidfuzz over every statement ({len(few)})", brute_times, few, brute_found)
    for name, make in (("tantivy, BM25, one typo a word", tantivy_index), ("plain FTS5, BM25", plain_index)):
        report(name, *asked_of(make(lines), asked))
    compare(times, best, brute_times, brute, few)
    growth(times, options.queries)
    commands(path, asked[:COMMANDS])


def answers(library: Library, query: str) -> list[str]:
    """Return the folded texts of the library's ten best."""
    return [" ".join(words(hit.text)) for hit in library.search(query, limit=10)]


def tried(query: str, lines: Sequence[str]) -> list[str]:
    """Return the ten texts most like the query, of all."""
    return [text for text, _, _ in process.extract(query, lines, scorer=fuzz.partial_ratio, limit=10)]


def asked_of(ask: Callable[[str], list[str]], asked: Sequence[str]) -> tuple[Times, Sequence[str], list[list[str]]]:
    """Return what `report` needs to know of one way to answer."""
    times, found = timed(ask, asked)
    return times, asked, found


def compare(
    times: Times, best: Sequence[float], brute_times: Times, brute: Sequence[float], asked: Sequence[str]
) -> None:
    """Print how the library's answers and times compare with brute force's."""
    gaps = sorted(((other - ours, query) for ours, other, query in zip(best, brute, asked, strict=False)), reverse=True)
    good = sum(gap <= POINTS for gap, _ in gaps)
    print(f"\nbest score at least brute force's less {POINTS}: {100 * good / len(gaps):.1f} % of {len(gaps)}")
    faster = [
        statistics.median(theirs) / statistics.median(ours)
        for ours, theirs in ((times.clock, brute_times.clock), (times.processor, brute_times.processor))
    ]
    print(f"times faster than brute force (medians): {faster[0]:,.0f}, of the processor {faster[1]:,.0f}")
    print("largest gaps:", ", ".join(f"{query!r} {gap:.0f}" for gap, query in gaps[:8]))


def growth(times: Times, count: int) -> None:
    """Print how much longer a query takes than in a library of 10,000 statements."""
    with tempfile.TemporaryDirectory() as folder, stored(Path(folder) / "small.db", SMALL) as library:
        asked = queries([each.text for each in library.statements()], count)
        small, _ = timed(lambda query: answers(library, query), asked)
    ratios = [
        statistics.median(large) / statistics.median(few)
        for large, few in ((times.clock, small.clock), (times.processor, small.processor))
    ]
    print(f"median at {SMALL:,}: {statistics.median(small.clock):.2f} ms,", end=" ")
    print(f"of the processor {statistics.median(small.processor):.2f}; growth {ratios[0]:.2f}, {ratios[1]:.2f} times")


def commands(path: Path, asked: Sequence[str]) -> None:
    """Print how long the whole command takes, beside importing what it cannot do without."""
    least, whole = [], []
    for query in asked:
        least.append(seconds([sys.executable, "-c", "import typer, rich.table, rapidfuzz"]))
        whole.append(seconds([sys.executable, "-m", "quotecli", "search", query, "--library", str(path)]))
    print(f"imports alone {statistics.median(least):.2f} s, quotecli search {statistics.median(whole):.2f} s:", end=" ")
    print(f"{statistics.median(whole) / statistics.median(least):.2f} times")


def seconds(command: Sequence[str]) -> float:
    """Return the processor time that a command takes."""
    before = os.times()
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode > 1:  # 1: nothing was found
        raise SystemExit(f"this failed: {command}")
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
