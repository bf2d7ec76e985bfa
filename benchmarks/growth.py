"""How the time grows when the input does: a shape at 1, 2, 4 and 8 times its size, each in a process of its own.

    python benchmarks/growth.py                 # all shapes
    python benchmarks/growth.py names words     # some

Printed are the seconds of processor time at each size, without those of an empty input, and by how much they grow at
the last doubling and at the steepest one. Near 2 is linear, near 4 the square. At most 2.3 is asked for.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

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


TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "articles": (60, sentences),
    "one paragraph": (40, lambda n: sentences(n).replace("\n", " ")),
    "names": (150, lambda n: "\n".join(f"{name(i)} said that bridge {i} was closed." for i in range(n))),
    "names alone": (1500, lambda n: ", ".join(name(i) for i in range(n))),
    "surnames": (
        150,
        lambda n: "\n".join("Ana {0} said no. {0} left.".format(name(i).split()[1]) for i in range(n)),
    ),
    "roles": (150, lambda n: "\n".join(f"The minister for {name(i)}, {name(i + 1)}, said no." for i in range(n))),
    "pronouns": (200, lambda n: "Ana Lund came.\n" + "She said it was late. He said it was not.\n" * n),
    "one quote": (400, lambda n: "“" + "we have no choice but to go on " * n + "”, Ana Lund said."),
    "quotes": (400, lambda n: "“No,” she said. " * n),
    "open marks": (1500, lambda n: "“no " * n),
    "apostrophes": (1500, lambda n: "'tis the boats' " * n),
    "nested marks": (400, lambda n: "“He said ‘" * n + "no" + "’” " * n),
    "figures": (400, lambda n: " ".join(f"{i},{i:03}.5 million euros" for i in range(n))),
    "numerals": (800, lambda n: "twenty-one thousand " * n),
    "one word": (20_000, lambda n: "a" * n),
    "line ends": (20_000, lambda n: "No.\n" * n),
    "spaces": (100_000, lambda n: "No." + " " * n + "Yes, she said."),
    "commas": (4000, lambda n: "Ana Lund said, " + ", " * n),
    "initials": (1000, lambda n: "J. R. R. " * n),
    "ideographs": (4000, lambda n: "東京の天気" * n),
}
EXTRACT = """
import sys, quotecli
quotecli.extract(quotecli.Article(id="1", text=open(sys.argv[1], encoding="utf-8").read()))
"""
VERIFY = """
import sys, quotecli
text = open(sys.argv[1], encoding="utf-8").read()
source = quotecli.Article(id="1", text=text)
quotecli.verify(quotecli.Article(id="2", text=text.replace("boats", "ships")), [source])
"""
PROGRAMS = dict.fromkeys(TEXTS, EXTRACT) | {"verify": VERIFY}
TEXTS["verify"] = (60, sentences)


def seconds(program: str, text: str, folder: Path) -> float:
    """Return the processor time that a program takes over a text, in a process of its own."""
    (folder / "text.txt").write_text(text, encoding="utf-8")
    timed = f"{program}\nimport time; print(time.process_time())"
    done = subprocess.run(
        [sys.executable, "-c", timed, str(folder / "text.txt")], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", help=", ".join(TEXTS))
    wanted = parser.parse_args().shapes or list(TEXTS)
    begun = time.monotonic()
    with TemporaryDirectory() as place:
        folder = Path(place)
        for shape in wanted:
            size, made = TEXTS[shape]
            idle = seconds(PROGRAMS[shape], "No one came, she said.", folder)
            taken = [max(seconds(PROGRAMS[shape], made(size * n), folder) - idle, 0.0) for n in FACTORS]
            steps = [b / a for a, b in pairwise(taken) if a > LEAST_SECONDS]
            verdict = "" if max(steps, default=0) <= MOST else f"   more than {MOST}"
            shown = "  ".join(f"{each:7.2f}" for each in taken)
            last, steepest = (f"{each:.2f}" for each in (steps[-1] if steps else 0, max(steps, default=0)))
            print(f"{shape:14} {shown} s   x {last} (steepest {steepest}){verdict}", flush=True)
    print(f"{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
