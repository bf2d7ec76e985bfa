"""What one `quotecli search` costs as a whole command, beside the import of the packages that it needs.

    python benchmarks/startup.py

The library is the made-up one of `search.py`, of 10,000 statements. The two commands run in turn; printed are the
medians of their wall-clock times and of the ratio pair by pair.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from search import queries, stored

IMPORTS = [sys.executable, "-c", "import typer, rich.table, rapidfuzz"]


def seconds(command: Sequence[str]) -> float:
    """Run `command` and return the seconds it took."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with stored(path, arguments.statements) as library:
            texts = [statement.text for statement in library.statements()]
        search = [sys.executable, "-m", "quotecli", "search", "--library", str(path)]
        asked = queries(texts, arguments.runs)
        seconds(IMPORTS)
        pairs = [(seconds([*search, "--limit", "10", "--", query]), seconds(IMPORTS)) for query in asked]
    ours, imports = zip(*pairs, strict=True)
    print(f"quotecli search  {statistics.median(ours):.3f} s   the imports  {statistics.median(imports):.3f} s")
    print(f"ratio            {statistics.median(a / b for a, b in pairs):.2f}")


if __name__ == "__main__":
    main()
