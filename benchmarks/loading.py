"""What reading costs: the processor's time for a document of each format, beside that of another state of the code.

    python benchmarks/loading.py PATH... [--before SRC]

PATH: documents, or folders of them; what is read is counted by suffix. SRC: the `src` folder of another checkout (`git
worktree add`); both read in turn, and the ratio of their times is printed. The texts are not extracted from.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
MEASURE = """
import json, pathlib, sys, time
from quotecli.loading import load
spent, files = {}, json.loads(sys.stdin.read())
for path in [*files[:1], *files]:  # the first one twice: imports are not counted
    started = time.process_time()
    articles = len(list(load(path)))
    spent[path] = time.process_time() - started
print(json.dumps(spent))
"""


def seconds(source: Path, files: list[str]) -> dict[str, float]:
    """Return the processor's seconds that the code in `source` takes for each suffix of `files`."""
    environment = {**os.environ, "PYTHONPATH": str(source), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", MEASURE]
    done = subprocess.run(command, input=json.dumps(files), env=environment, capture_output=True, text=True, check=True)
    spent: dict[str, float] = {}
    for path, took in json.loads(done.stdout).items():
        suffix = Path(path).suffix.lower() or "(none)"
        spent[suffix] = spent.get(suffix, 0.0) + took
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    found = [each for path in arguments.paths for each in (path.rglob("*") if path.is_dir() else [path])]
    files = sorted(str(each) for each in found if each.is_file())
    sources = [SOURCE, *([arguments.before] if arguments.before else [])]
    runs = [[seconds(source, files) for source in sources] for _ in range(arguments.runs)]
    for suffix in sorted(runs[0][0]):
        now = statistics.median(run[0][suffix] for run in runs)
        count = sum((Path(path).suffix.lower() or "(none)") == suffix for path in files)
        line = f"{suffix:8} {count:5} files  {1000 * now / count:8.1f} ms each"
        if arguments.before:
            ratio = statistics.median(run[0][suffix] / max(run[1][suffix], 1e-9) for run in runs)
            line += f"  {ratio:5.2f} times as before"
        print(line)


if __name__ == "__main__":
    main()
