"""What one `quotecli verify` costs as a whole command, by the number of articles: `python benchmarks/verification.py`.

The articles are made up as those of `search.py`, but with English function words in place of the most frequent invented
ones, 14 statements each between sentences of nobody's, always the same for one seed. The draft has 50 quotations: every
second one is untouched, the others are altered in a word or shortened, or were said nowhere. Beside the whole command
against a library stand the look-up alone by its index and by a scan that reads every text first (as for articles held
in memory), and `--from` over files that were read before. For each: the seconds, and how many of the quotations that
somebody said were found in their own article.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quotecli.library import Library, batches
from quotecli.library.text_index import STOP_WORDS
from quotecli.records import Article, Mention, Span, Speaker, Statement, text_id
from quotecli.verification import Corpus, Indexed, Sources, verify
from search import SEED, Language

PER_ARTICLE = 14
QUOTATIONS = 50
Ready = tuple[Article, list[Statement]]


class Quotation(NamedTuple):
    """A quotation of the draft, and the article that it is from; None for what nobody said."""

    words: str
    name: str
    article: str | None


def language() -> Language:
    """Return the invented language of `search.py` with English function words for its most frequent ones."""
    made = Language(SEED)
    made.words[: len(STOP_WORDS)] = sorted(STOP_WORDS, key=lambda word: (len(word), word))
    return made


def articles(count: int) -> Iterator[Ready]:
    """Yield `count` articles of some 700 words."""
    made = language()
    for number in range(count):
        chosen = [made.random.choice(made.names) for _ in range(4)]
        lines, names = [], []
        for _ in range(PER_ARTICLE):
            names.append(made.random.choice(chosen))
            lines += [f"“{made.sentence()[:-1]},” {names[-1]} said.", f"{made.sentence()} {made.sentence()}"]
        text = "\n".join(lines)
        article = Article(id=text_id(text), text=text, path=f"{number}.txt", published=f"20{number % 25:02d}-01-01")
        yield article, list(statements(article, lines[::2], names))


def statements(article: Article, lines: Sequence[str], names: Sequence[str]) -> Iterator[Statement]:
    """Yield the statements of an article, as extraction would."""
    place = 0
    for line, name in zip(lines, names, strict=True):
        start = article.text.index(line, place)
        place = start + line.index("”") + 1
        yield Statement(
            id=f"{article.text_id}-{start}",
            kind="quote",
            form="direct",
            text=article.text[start:place],
            content=(Span(start, place),),
            speaker=Speaker(name=name, type="person", mention=Mention(name, place + 1, place + 1 + len(name))),
            confidence=0.97,
            article=article.ref,
        )


def quoted_articles(count: int) -> set[int]:
    """Return the numbers of the articles that the draft quotes."""
    return set(random.Random(SEED).sample(range(count), QUOTATIONS))


def quotations(ready: Sequence[Ready]) -> list[Quotation]:
    """Return what the draft quotes, from each of these articles one."""
    chance, made, found = random.Random(SEED), language(), []
    for number, (article, said) in enumerate(ready):
        chosen = chance.choice(said)
        words = chosen.text.strip("“”,").split()
        kind = number % 2 * chance.choice((1, 2, 3))
        if kind == 1:
            words[len(words) // 3] = chance.choice(made.words[500:5000])
        elif kind == 2:
            del words[len(words) // 2]
        elif kind == 3:
            words = made.sentence().rstrip(".").split()
        name = chosen.speaker.name if chosen.speaker else ""
        found.append(Quotation(" ".join(words), name, None if kind == 3 else article.digest))
    return found


def draft_of(quoted: Sequence[Quotation]) -> str:
    """Return the draft's text."""
    return "\n\n".join(f"“{each.words},” {each.name} said on Friday." for each in quoted) + "\n"


def share_found(verdicts: Sequence[tuple[str, str | None]], quoted: Sequence[Quotation]) -> str:
    """Return how many of the quotations that somebody said were found in their article; pairs of verdict and digest."""
    somebody = [(each.article, found) for each, found in zip(quoted, verdicts, strict=True) if each.article]
    right = sum(verdict != "not found" and digest == article for article, (verdict, digest) in somebody)
    return f"{right} of {len(somebody)}"


def command(draft: Path, options: Sequence[str], quoted: Sequence[Quotation], cache: Path) -> tuple[float, str]:
    """Run the whole command; return the seconds, and what it found and how long it used a processor."""
    line = [sys.executable, "-m", "quotecli", "verify", str(draft), "--json", "--quiet", *options]
    started, used = time.perf_counter(), processor_seconds()
    answer = subprocess.run(
        line, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": str(cache)}, text=True
    )
    seconds = time.perf_counter() - started
    found = [
        (each["verdict"], each["evidence"][0]["article"] if each["evidence"] else {})
        for each in json.loads(answer.stdout)
    ]
    counted = share_found([(kind, article.get("id")) for kind, article in found], quoted)
    return seconds, f"{counted}; {processor_seconds() - used:.2f} s of a processor"


def processor_seconds() -> float:
    """Return how long the commands run so far have used a processor."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def in_process(sources: Sources, quoted: Sequence[Quotation]) -> tuple[float, str]:
    """Check the draft without a model; return the seconds, and what was found."""
    started = time.perf_counter()
    verdicts = verify(draft_of(quoted), sources, statements_of=lambda _: ())
    seconds = time.perf_counter() - started
    found = [(each.verdict, each.evidence[0].article.id if each.evidence else None) for each in verdicts]
    return seconds, share_found(found, quoted)


def run(folder: Path, options: argparse.Namespace) -> None:
    """Fill a library and check the draft in each way."""
    wanted = quoted_articles(options.articles)
    quoted = quotations([each for number, each in enumerate(articles(options.articles)) if number in wanted])
    draft, path = folder / "draft.md", options.library or folder / "library.db"
    draft.write_text(draft_of(quoted), encoding="utf-8")
    with Library(path) as library:
        if not len(library.passages()):
            started = time.perf_counter()
            for _ in library.add_all(articles(options.articles)):
                pass
            print(f"stored in {time.perf_counter() - started:.1f} s")
        stats = library.stats()
        print(f"{stats.articles:,} articles, {stats.statements:,} statements, {stats.size / 1e6:.0f} MB")
        for _ in range(options.runs):
            report("look-up by the index", *in_process(Indexed(library.passages(), lambda _: ()), quoted))
    for _ in range(options.runs):
        report("whole command, library", *command(draft, ["--library", str(path)], quoted, folder))
    if options.articles <= options.scan:
        scan(options.articles, quoted)
    if options.articles <= options.files:
        files(folder, options.articles, quoted, draft, options.runs)


def scan(count: int, quoted: Sequence[Quotation]) -> None:
    """Check against articles in memory, all of which must be read first."""
    kept = [article for article, _ in articles(count)]
    started = time.perf_counter()
    corpus = Corpus(kept, lambda _: ())
    read = time.perf_counter() - started
    seconds, found = in_process(corpus, quoted)
    report("look-up by a scan", read + seconds, found)


def files(folder: Path, count: int, quoted: Sequence[Quotation], draft: Path, runs: int) -> None:
    """Check against files, of which the cache has the articles."""
    news = folder / "news"
    news.mkdir()
    for article, _ in articles(count):
        body = "".join(f"<p>{line}</p>\n" for line in article.text.split("\n"))
        page = f"<html><head><title>News</title></head><body><article>\n{body}</article></body></html>"
        (news / f"{article.digest}.html").write_text(page, encoding="utf-8")
    options = ["--from", str(news), "--any-language"]
    for number in range(runs + 1):
        report(f"whole command, --from ({'cached' if number else 'first'})", *command(draft, options, quoted, folder))


def report(what: str, seconds: float, found: str) -> None:
    """Print one line of the table."""
    print(f"{what:<36}{seconds:>8.2f} s   found {found}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scan", type=int, default=20_000, help="scan all texts, too, up to so many articles")
    parser.add_argument("--files", type=int, default=0, help="check against files, too, up to so many articles")
    parser.add_argument("--library", type=Path, help="keep the library here, and use it again")
    options = parser.parse_args()
    batches.model_version = lambda: "benchmark"
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options)


if __name__ == "__main__":
    main()
