"""How the time grows when the input does: a shape at 1, 2, 4 and 8 times its size, each shape in a process of its own.

    python benchmarks/growth.py                 # all shapes: some minutes
    python benchmarks/growth.py names verify    # some

Printed are the seconds of processor time at each size, once everything is loaded, and by how much they grow at the
last doubling and at the steepest one. Near 2 is linear, near 4 the square. At most 2.3 is asked for. A shape ends at
the size that took longer than --most seconds; what a command refuses is told in its own words.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

FACTORS = (1, 2, 4, 8)
MOST = 2.3
LEAST_SECONDS = 0.05
"""What takes less grows by chance."""

SYLLABLES = "ka lo mi ren tas ver nor del bri gan hul pes tor wick low den".split()


def name(number: int) -> str:
    """Return a first name and a surname that no other number has."""
    chance = Random(number)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))


def sentences(number: int) -> str:
    """Return paragraphs of ordinary news: quotes, claims and facts by ten people in turns."""
    return "\n".join(
        f"“We counted {n} boats in the harbour on day {n},” {name(n % 10)} told reporters. The council said on"
        f" Monday that {n + 3} people had left the islands."
        for n in range(number)
    )


def page(body: str) -> str:
    """Return a web page with some paragraphs of news at its end."""
    news = sentences(10).replace("\n", "</p><p>")
    return f"<html lang=en><title>Boats</title><body><article>{body}<p>{news}</p></article></body></html>"


def extract(text: str, _: Path) -> None:
    """Extract what the text says."""
    import quotecli

    quotecli.extract(quotecli.Article(id="1", text=text))


def verify(text: str, _: Path) -> None:
    """Check the text as a draft against itself, with a word changed."""
    import quotecli

    source = quotecli.Article(id="1", text=text)
    list(quotecli.verify(quotecli.Article(id="2", text=text.replace("boats", "ships")), [source]))


def load(text: str, folder: Path) -> None:
    """Read the text as a web page."""
    import quotecli

    (folder / "page.html").write_text(text, encoding="utf-8")
    list(quotecli.load(folder / "page.html"))


def search(text: str, folder: Path, *options: str) -> None:
    """Search a small library for the text; print what is refused."""
    import quotecli
    from quotecli.__main__ import run

    path = folder / "library.db"
    if not path.exists():
        with quotecli.Library(path) as library:
            library.add(quotecli.Article(id="1", text=sentences(50)))
    sys.argv = ["quotecli", "search", *options, "--library", str(path), "--", text]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as told:
        code = run()
    if code > 1:
        print("refused:", told.getvalue().strip().splitlines()[-1], flush=True)


def search_meanings(text: str, folder: Path) -> None:
    """Search a small library for what the text means."""
    search(text, folder, "--semantic")


class Shape(NamedTuple):
    """What is done with a text, and how the text is made of a size, which stands before it."""

    does: Callable[[str, Path], None]
    size: int
    text: Callable[[int], str]


SHAPES: dict[str, Shape] = {
    "articles": Shape(extract, 60, sentences),
    "one paragraph": Shape(extract, 40, lambda n: sentences(n).replace("\n", " ")),
    "names": Shape(extract, 150, lambda n: "\n".join(f"{name(i)} said that bridge {i} was closed." for i in range(n))),
    "names alone": Shape(extract, 1500, lambda n: ", ".join(name(i) for i in range(n))),
    "surnames": Shape(
        extract, 150, lambda n: "\n".join("Ana {0} said no. {0} left.".format(name(i).split()[1]) for i in range(n))
    ),
    "roles": Shape(
        extract, 150, lambda n: "\n".join(f"The minister for {name(i)}, {name(i + 1)}, said no." for i in range(n))
    ),
    "one speaker": Shape(
        extract, 100, lambda n: "Ana Lund came.\n" + "“It is late,” Lund said. She said no. Ana Lund left.\n" * n
    ),
    "pronouns": Shape(extract, 200, lambda n: "Ana Lund came.\n" + "She said it was late. He said it was not.\n" * n),
    "headings": Shape(
        extract, 150, lambda n: "\n".join(f"The Harbour of {name(i)}\nIt is late, she said." for i in range(n))
    ),
    "interview": Shape(extract, 150, lambda n: "Ana Lund: Is it late?\nTom Berg: We counted the boats.\n" * n),
    "one quote": Shape(extract, 400, lambda n: "“" + "we have no choice but to go on " * n + "”, Ana Lund said."),
    "quotes": Shape(extract, 400, lambda n: "“No,” she said. " * n),
    "open marks": Shape(extract, 1500, lambda n: "“no " * n),
    "apostrophes": Shape(extract, 1500, lambda n: "'tis the boats' " * n),
    "nested marks": Shape(extract, 400, lambda n: "“He said ‘" * n + "no" + "’” " * n),
    "figures": Shape(extract, 400, lambda n: " ".join(f"{i},{i:03}.5 million euros" for i in range(n))),
    "numerals": Shape(extract, 800, lambda n: "twenty-one thousand " * n),
    "one word": Shape(extract, 20_000, lambda n: "a" * n),
    "line ends": Shape(extract, 20_000, lambda n: "No.\n" * n),
    "spaces": Shape(extract, 100_000, lambda n: "No." + " " * n + "Yes, she said."),
    "commas": Shape(extract, 4000, lambda n: "Ana Lund said, " + ", " * n),
    "initials": Shape(extract, 1000, lambda n: "J. R. R. " * n),
    "ideographs": Shape(extract, 4000, lambda n: "東京の天気。 " * n),
    "verify": Shape(verify, 60, sentences),
    "verify one": Shape(verify, 1000, lambda n: f"“{'we counted the boats ' * n}”, Ana Lund said."),
    "long page": Shape(load, 100, lambda n: page("".join(f"<p>{line}</p>" for line in sentences(n).split("\n")))),
    "deep page": Shape(load, 1000, lambda n: page("<div>" * n + "No." + "</div>" * n)),
    "page headings": Shape(load, 200, lambda n: page("".join(f"<h2>{name(i)}</h2><p>No.</p>" for i in range(n)))),
    "cells": Shape(load, 1000, lambda n: page("<table>" + "<tr><td>no<td>5" * n + "</table>")),
    "attributes": Shape(load, 5000, lambda n: page(f"<p {' '.join(f'a{i}=b' for i in range(n))}>no</p>")),
    "query": Shape(search, 50, lambda n: " ".join(name(i) for i in range(n))),
    "query word": Shape(search, 4000, lambda n: "boat" * n),
    "meaning": Shape(search_meanings, 50, lambda n: " ".join(name(i) for i in range(n))),
    "meaning word": Shape(search_meanings, 4000, lambda n: "boat" * n),
}


def measure(shape: Shape, most: float) -> None:
    """Print the seconds of processor time at each size, until one took longer than `most`."""
    with TemporaryDirectory() as folder:
        shape.does(shape.text(max(shape.size // 10, 1)), Path(folder))
        for factor in FACTORS:
            text = shape.text(shape.size * factor)
            begun = time.process_time()
            shape.does(text, Path(folder))
            taken = time.process_time() - begun
            print(f"took: {taken}", flush=True)
            if taken > most:
                break


def told(title: str, output: str) -> str:
    """Return a line of the table: what was taken at each size, and how it grew."""
    taken = [float(line.removeprefix("took: ")) for line in output.splitlines() if line.startswith("took: ")]
    refused = next((line for line in output.splitlines() if line.startswith("refused: ")), "")
    steps = [b / a for a, b in pairwise(taken) if a > LEAST_SECONDS]
    steepest = max(steps, default=0)
    verdict = "" if len(taken) == len(FACTORS) else "   not all sizes"
    verdict += f"   more than {MOST}" if steepest > MOST and not refused else ""
    shown = "  ".join(f"{each:7.2f}" for each in taken)
    grown = f"x {steps[-1]:.2f} (steepest {steepest:.2f})" if steps else "no time to speak of"
    return f"{title:14} {shown} s   {grown}{verdict}   {refused}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", help=", ".join(SHAPES))
    parser.add_argument(
        "--most", type=float, default=30.0, help="seconds that a size may take for a larger one to be tried"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(SHAPES[options.shapes[0]], options.most)
        return
    begun = time.monotonic()
    one_core = os.environ | {"OMP_NUM_THREADS": "1"}
    for title in options.shapes or SHAPES:
        program = [sys.executable, __file__, "--one", title, f"--most={options.most}"]
        done = subprocess.run(program, stdout=subprocess.PIPE, text=True, env=one_core, check=False)
        print(told(title, done.stdout), flush=True)
    print(f"{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
