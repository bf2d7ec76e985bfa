"""What `quotecli add FOLDER` costs as a whole command: with one process and with two, for few articles and for many.

    python benchmarks/batches.py jobs      # wall-clock and processor seconds with --jobs 1 and --jobs 2, in turn
    python benchmarks/batches.py memory    # the largest process's peak memory for 100 and for 10,000 short articles

The articles are paragraphs of the samples of `data/`, drawn and put together anew for each.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from random import Random
from typing import NamedTuple

from quotecli.loading import load, samples
from quotecli.records import Article


class Cost(NamedTuple):
    """Seconds, and the peak memory (MB) of the largest process."""

    wall: float
    processor: float
    memory: float


def write(folder: Path, number: int, *, short: bool = False) -> None:
    """Write HTML pages, each of twenty paragraphs of the samples, or of a few words of them."""
    texts = [article.text for article in load(map(str, samples())) if isinstance(article, Article)]
    pool = [line for text in texts for line in text.split("\n") if len(line) > 80]
    words = " ".join(pool).split()
    for i in range(number):
        chance = Random(i)
        story = [" ".join(chance.sample(words, 15))] if short else chance.sample(pool, 20)
        body = "".join(f"<p>{escape(line)}</p>" for line in story)
        page = f"<html><head><title>Story {i}</title></head><body><article>{body}</article></body></html>"
        (folder / f"{i:06}.html").write_text(page, encoding="utf-8")


def add(folder: Path, *options: str) -> Cost:
    """Run the command into a new library, in a process of its own, so that its peak is only its own."""
    child = os.fork()
    if child == 0:
        with tempfile.TemporaryDirectory() as place:
            command = [sys.executable, "-m", "quotecli", "add", str(folder), "--library", f"{place}/library.db"]
            code = subprocess.run([*command, *options], stderr=subprocess.DEVNULL, check=False).returncode
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        os._exit(code if code or not _tell(folder, peak) else 0)
    started = time.perf_counter()
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"quotecli add failed: {status}")
    return Cost(wall, used.ru_utime + used.ru_stime, int((folder.parent / "peak").read_text()) / 1024)


def _tell(folder: Path, peak: int) -> int:
    return (folder.parent / "peak").write_text(str(peak))


def jobs(arguments: argparse.Namespace) -> None:
    """Compare one process with two."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "news"
        folder.mkdir()
        write(folder, arguments.articles)
        runs = [(add(folder, "--jobs", "1"), add(folder, "--jobs", "2")) for _ in range(arguments.runs)]
    for name, costs in zip(("--jobs 1", "--jobs 2"), zip(*runs, strict=True), strict=True):
        wall, processor, memory = (statistics.median(values) for values in zip(*costs, strict=True))
        print(f"{name}  {wall:6.1f} s   {processor:6.1f} s of processors   {memory:4.0f} MB")
    ratios = sorted(one.wall / two.wall for one, two in runs)
    print(f"times as fast: {statistics.median(ratios):.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f})")


def memory(arguments: argparse.Namespace) -> None:
    """Compare few articles with many."""
    peaks = []
    for number in (100, arguments.articles):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "news"
            folder.mkdir()
            write(folder, number, short=True)
            cost = add(folder, "--jobs", "2")
        peaks.append(cost.memory)
        print(
            f"{number:6} articles  {cost.memory:4.0f} MB   {cost.wall:6.1f} s   {cost.processor:6.1f} s of processors"
        )
    print(f"ratio {peaks[1] / peaks[0]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["jobs", "memory"])
    parser.add_argument("--articles", type=int, help="how many  [default: 150; for memory 10,000]")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.what == "jobs":
        arguments.articles = arguments.articles or 150
        jobs(arguments)
    else:
        arguments.articles = arguments.articles or 10_000
        memory(arguments)


if __name__ == "__main__":
    main()
