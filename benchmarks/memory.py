"""The most memory that the extraction of one article takes, for the shapes of benchmarks/growth.py.

python benchmarks/memory.py                                  # all that are extracted, at the length up to which
python benchmarks/memory.py ideographs --characters 300000   # an article is worked on in the main process
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

from growth import SHAPES, extract
from quotecli.pipeline import LONG

MEBIBYTE_IN_KIB = 1024


def measure(title: str, characters: int) -> None:
    """Print the most memory that this process has had before and behind the extraction of a text of a shape."""
    shape = SHAPES[title]
    extract(shape.text(max(shape.size // 10, 1)), Path())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = shape.size
    while len(text := shape.text(size)) < characters:
        size = size * characters // len(text) + 1
    extract(text[:characters], Path())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{title:14} {before // MEBIBYTE_IN_KIB:5} -> {after // MEBIBYTE_IN_KIB:5} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*")
    parser.add_argument("--characters", type=int, default=LONG)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    titles = options.shapes or [title for title, shape in SHAPES.items() if shape.does is extract]
    if options.one:
        measure(titles[0], options.characters)
        return
    for title in titles:  # each in a process of its own: what one has had stays its most
        program = [sys.executable, __file__, "--one", title, f"--characters={options.characters}"]
        subprocess.run(program, check=False)


if __name__ == "__main__":
    main()
