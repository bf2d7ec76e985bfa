"""The work for a text that is twice as long is about twice the work: function calls are counted, no clock is looked at.

The same over more shapes and larger sizes, in seconds: benchmarks/growth.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from quotecli import Article, extract, verify

MOST = 2.3
SYLLABLES = "ka lo mi ren tas ver nor del bri gan hul pes tor wick low den".split()


def name(number: int) -> str:
    """Return a first name and a surname that no other number has."""
    chance = Random(number)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))


def news(number: int) -> str:
    return "\n".join(
        f"“We counted {n} boats on day {n},” {name(n % 10)} told reporters. The council said on Monday that"
        f" {n + 3} people had left the islands."
        for n in range(number)
    )


SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "articles": (40, news),
    "names": (300, lambda n: ", ".join(name(i) for i in range(n))),
    "one first name": (40, lambda n: "\n".join("Ana {0} said no. {0} left.".format(name(i)[:6]) for i in range(n))),
    "roles": (80, lambda n: "\n".join(f"The minister for {name(i)}, {name(i + 1)}, said no." for i in range(n))),
    "headings": (80, lambda n: "\n".join(f"The Harbour of {name(i)}\nIt is late, she said." for i in range(n))),
    "one speaker": (40, lambda n: "Ana Lund came.\n" + "“It is late,” Lund said. She said no. Ana Lund left.\n" * n),
    "quotes": (80, lambda n: "“No,” she said. " * n),
}


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, those in C too."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def article(text: str) -> Article:
    return Article(id="1", text=text)


@pytest.mark.parametrize("shape", SHAPES)
def test_extraction_of_twice_the_text_is_about_twice_the_work(shape: str) -> None:
    size, made = SHAPES[shape]
    extract(article(made(2 * size)), alone=True)  # what is remembered of its words from a first time does not count
    once, twice = (calls(partial(extract, article(made(n)), alone=True)) for n in (size, 2 * size))
    assert twice <= MOST * once


def test_checking_twice_the_draft_is_about_twice_the_work() -> None:
    def checked(size: int) -> None:
        list(verify(article(news(size).replace("boats", "ships")), [article(news(size))]))

    checked(20)
    once, twice = (calls(partial(checked, n)) for n in (20, 40))
    assert twice <= MOST * once
