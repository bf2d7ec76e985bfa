"""Damaged copies of real-shaped files through loading, and some of them through extraction: what does it cost at worst?

    python benchmarks/fuzzing.py --inputs 20000 --seed 1
    python benchmarks/fuzzing.py --seed 1 --only 4711        # that one input again, in this process
    python benchmarks/fuzzing.py --guided 2000               # by coverage, with atheris (pip install atheris)

The files are those of tests/loading/shapes. Input N of a seed is always the same. Each worker is a process of its own,
watched: an input that takes longer than its limit, or more memory, is killed and counted, and so is one that ends the
process. Prints a table of a line a format; exit code 1 if anything happened that must not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "loading")]

from mutations import mutated  # noqa: E402 - beside this file, wherever the command runs

MEBIBYTE = 1024 * 1024
SECONDS = 20.0
"""What one input may take of a processor; reading is told to stop at half of it, by the clock."""
STUCK = 240.0
"""Seconds by the clock after which an input counts as never ending, however busy the machine is."""
MEMORY = 1024 * MEBIBYTE
"""How much one input may add to what a worker needs anyway: model, parsers, numpy."""
DOCUMENT = 16 * MEBIBYTE
EXTRACTED = 50  # every so many inputs go through extraction as well
LONGEST_EXTRACTED = 3000  # characters
WITHOUT_SUFFIX = 10  # every so many inputs are known by their content alone
BAD = ("raised", "ended", "time", "memory")


class Outcome(NamedTuple):
    """What became of one input: "read", "skipped", "foreign" (skipped, in a parser's own words) or one of `BAD`."""

    kind: str
    seconds: float
    peak: int
    words: str = ""


@dataclass
class Line:
    """What is counted of one format."""

    kinds: Counter[str] = field(default_factory=Counter)
    extracted: int = 0
    slowest: float = 0.0
    peak: int = 0

    def count(self, outcome: Outcome) -> None:
        self.kinds[outcome.kind] += 1
        self.slowest = max(self.slowest, outcome.seconds)
        self.peak = max(self.peak, outcome.peak)


@lru_cache(maxsize=1)
def seeds() -> list[tuple[str, bytes]]:
    """Return name and bytes of every real-shaped file."""
    from shapes import SHAPES

    return [(shape.file, shape.make()) for shape in SHAPES]


def families() -> dict[str, list[tuple[str, bytes]]]:
    """Return the files of each format, by its name."""
    found: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for name, data in seeds():
        found[format_name(name)].append((name, data))
    return dict(sorted(found.items()))


def format_name(file: str) -> str:
    """Return the name of a format as the table has it: its suffix."""
    return "".join(Path(file).suffixes[-2:]) if file.endswith((".gz", ".xz", ".bz2")) else Path(file).suffix


def made(seed: int, number: int) -> tuple[str, str, bytes]:
    """Return input `number`: its format, its file name, its bytes. Formats take turns, so that each gets its share."""
    by_format = families()
    kind = sorted(by_format)[number % len(by_format)]
    random = Random(f"{seed}-{number}")
    name, data = random.choice(by_format[kind])
    other = random.choice(by_format[kind])[1]
    suffix = "".join(Path(name).suffixes[-2:]) if number % WITHOUT_SUFFIX else ""
    return kind, f"input{suffix}", mutated(data, other, random)


def tried(name: str, data: bytes, *, extracting: bool) -> tuple[str, str]:
    """Read one input and return what became of it, and the reason if it gave no article."""
    from quotecli.loading import Limits, load
    from quotecli.records import Skipped

    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        found = list(load(path, limits=Limits(document_bytes=DOCUMENT, seconds=SECONDS / 2), any_language=True))
    assert found, "neither an article nor a reason"
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    for item in found:
        (item.reason if isinstance(item, Skipped) else item.text + repr(item)).encode()
        if extracting and not isinstance(item, Skipped) and len(item.text) <= LONGEST_EXTRACTED:
            extract_checked(item)
            extracting = False
    assert not any("\n" in reason for reason in reasons), "a reason of two lines"
    foreign = [reason for reason in reasons if reason.startswith("not readable: ")]
    if foreign:
        return "foreign", foreign[0]
    return ("skipped", reasons[0]) if len(reasons) == len(found) else ("read", "")


def extract_checked(article: Any) -> None:
    """Extract, and look whether each statement stands where it says."""
    from quotecli.pipeline import extract

    for statement in extract(article):
        parts = [article.text[start:end] for start, end in ((span.start, span.end) for span in statement.content)]
        assert statement.text == " … ".join(parts), "a statement that is not verbatim"


def work(orders: Connection, seed: int) -> None:
    """Try the inputs whose numbers come in, one by one, and send back what became of each."""
    sys.setrecursionlimit(1000)
    usage = resource.getrusage
    while (number := orders.recv()) is not None:
        _, name, data = made(seed, number)
        before, started = usage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        try:
            kind, words = tried(name, data, extracting=number % EXTRACTED == 0)
        except BaseException as error:  # an exception is what is looked for
            kind, words = "raised", f"{type(error).__name__}: {error}"
        peak = usage(resource.RUSAGE_SELF).ru_maxrss
        grown = (peak - before) * 1024 if number % EXTRACTED else 0  # the model's own memory is nobody's fault
        orders.send(Outcome(kind, time.process_time() - started, grown, words[:200]))


class Worker:
    """A process that tries inputs, and what it is busy with."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.number: int | None = None
        self.start()

    def start(self) -> None:
        self.orders, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=work, args=(theirs, self.seed), daemon=True)
        self.process.start()
        theirs.close()
        self.least = 0

    def give(self, number: int | None) -> None:
        self.number, self.since, self.spent = number, time.monotonic(), self._spent()
        self.orders.send(number)

    def outcome(self) -> Outcome | None:
        """Return what became of the input, None while that is open; a process that costs too much is ended."""
        seconds = self._spent() - self.spent
        if self.orders.poll():
            try:
                outcome: Outcome = self.orders.recv()
            except EOFError:
                return self._ended("ended", seconds)
            return outcome._replace(kind="memory") if outcome.peak > MEMORY else outcome
        memory = self._memory()
        self.least = min(self.least or memory, memory)
        if memory - self.least > MEMORY:
            return self._ended("memory", seconds)
        stuck = time.monotonic() - self.since > STUCK
        return self._ended("time", seconds) if seconds > SECONDS or stuck else None

    def _spent(self) -> float:
        """Return the seconds that the process has had of a processor."""
        try:
            numbers = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def _memory(self) -> int:
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def _ended(self, kind: str, seconds: float) -> Outcome:
        self.process.kill()
        self.process.join()
        self.orders.close()
        code = self.process.exitcode
        self.start()
        return Outcome(kind, seconds, 0, f"exit code {code}")


def outcomes(seed: int, numbers: range, workers: int) -> Iterator[tuple[int, Outcome]]:
    """Yield what became of each input, in the order in which they end."""
    waiting = iter(numbers)
    busy = [Worker(seed) for _ in range(workers)]
    for worker in list(busy):
        _next(worker, waiting, busy)
    while busy:
        wait([worker.orders for worker in busy], timeout=0.1)
        for worker in list(busy):
            outcome = worker.outcome()
            if outcome is not None and worker.number is not None:
                yield worker.number, outcome
                _next(worker, waiting, busy)


def _next(worker: Worker, waiting: Iterator[int], busy: list[Worker]) -> None:
    number = next(waiting, None)
    worker.give(number)
    if number is None:
        busy.remove(worker)


def report(lines: dict[str, Line], seconds: float) -> None:
    """Print what was counted, a line a format."""
    columns = ("read", "skipped", "foreign", *BAD)
    print(f"{'format':12}{'inputs':>8}" + "".join(f"{name:>9}" for name in columns) + f"{'slowest':>10}{'+MiB':>7}")
    total = Line()
    for kind, line in sorted(lines.items()):
        total.kinds += line.kinds
        total.slowest, total.peak = max(total.slowest, line.slowest), max(total.peak, line.peak)
        print(_row(kind, line, columns))
    print(_row("all", total, columns))
    print(f"{total.kinds.total() / max(seconds, 1e-9):,.0f} inputs/s, {seconds:,.0f} s")


def _row(name: str, line: Line, columns: tuple[str, ...]) -> str:
    counts = "".join(f"{line.kinds[column]:9,}" for column in columns)
    return f"{name:12}{line.kinds.total():8,}{counts}{line.slowest:8.2f} s{line.peak / MEBIBYTE:7.0f}"


def fuzz(seed: int, numbers: range, workers: int, *, foreign: bool) -> bool:
    """Try the inputs, say at once what must not happen, and print the table; return whether nothing of the kind did."""
    kinds = sorted(families())
    lines: dict[str, Line] = defaultdict(Line)
    words: Counter[str] = Counter()
    started = time.monotonic()
    for number, outcome in outcomes(seed, numbers, workers):
        kind = kinds[number % len(kinds)]
        lines[kind].count(outcome)
        if outcome.kind in BAD:
            print(f"--seed {seed} --only {number}: {kind}: {outcome.kind}: {outcome.words}", flush=True)
        if outcome.kind == "foreign":
            words[f"{kind} {outcome.words[:70]}"] += 1
    if foreign:
        for said, times in words.most_common(40):
            print(f"{times:6}  {said}")
    report(lines, time.monotonic() - started)
    return not any(line.kinds[bad] for line in lines.values() for bad in BAD)


def again(seed: int, number: int, keep: str | None) -> None:
    """Try one input in this process, with its traceback; keep its bytes under a name if asked."""
    kind, name, data = made(seed, number)
    if keep:
        Path(keep).write_bytes(data)
    started = time.monotonic()
    print(kind, name, f"{len(data):,} bytes", *tried(name, data, extracting=number % EXTRACTED == 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.monotonic() - started:.2f} s, {peak:.0f} MiB")


def guided(runs: int, seed: int) -> bool:
    """Let atheris look for inputs by the code that they reach, `runs` a format; return whether it found none."""
    failed = []
    for kind in sorted(families()):
        command = [sys.executable, __file__, "--guide", kind, "--guided", str(runs), "--seed", str(seed)]
        if subprocess.run(command, check=False).returncode:
            failed.append(kind)
    print("found something in:", ", ".join(failed) or "none")
    return not failed


def guide(kind: str, runs: int, seed: int) -> None:
    """Run atheris on one format, from its real-shaped files; it ends this process."""
    import atheris

    files = families()[kind]
    with atheris.instrument_imports(include=["quotecli"]):
        import quotecli.loading  # noqa: F401 - so that its code is watched

    def target(data: bytes) -> None:
        tried(f"input{kind}", data, extracting=False)

    with tempfile.TemporaryDirectory() as folder:
        for number, (_, data) in enumerate(files):
            Path(folder, str(number)).write_bytes(data)
        options = [f"-runs={runs}", f"-seed={seed}", f"-timeout={SECONDS:.0f}", "-rss_limit_mb=2500", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={tempfile.gettempdir()}/fuzzing-", folder], target)
        atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first input")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--foreign", action="store_true", help="list the reasons that are a parser's own words")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this input alone, with its traceback")
    parser.add_argument("--keep", metavar="FILE", help="with --only: write the input into this file")
    parser.add_argument("--guided", type=int, metavar="RUNS", help="by coverage, so many runs a format")
    parser.add_argument("--guide", help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.guide:
        guide(wish.guide, wish.guided, wish.seed)
    elif wish.guided:
        return int(not guided(wish.guided, wish.seed))
    elif wish.only is not None:
        again(wish.seed, wish.only, wish.keep)
    else:
        numbers = range(wish.first, wish.first + wish.inputs)
        return int(not fuzz(wish.seed, numbers, wish.workers, foreign=wish.foreign))
    return 0


if __name__ == "__main__":
    sys.exit(main())
