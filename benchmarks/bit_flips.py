"""What a library with one wrong bit answers: `python benchmarks/bit_flips.py --flips 1000`.

A small library is made with everything that a library can hold, and asked everything that can be asked. Then one random
bit at a time is turned over in a copy of its file. Each is harmless (all answers are the same), reported (a question
says in one line that the library is damaged, or `library check` does), or wrong: another answer from a library that
passes its check, or any other error. The wrong ones are printed; there are to be none.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotecli.errors import DamagedError, LibraryError, NotFoundError
from quotecli.files import File, Filed, FileRead
from quotecli.library import Filters, Library, batches
from quotecli.records import Article, Figure, Mention, Span, Speaker, Statement, text_id
from quotecli.verification import Indexed, verify

SEED = 20231005
LINES = [
    ("“The ferry will not sail this winter, not on my watch,”", "Ana Whitfield", "chair"),
    ("“We were never asked about 1.4 million refugees,”", "Whitfield", None),
    ("“The boats of the harbour are forty years old,”", "Tomas Lund", "engineer"),
    ("“Rain fell on the naïve café all night,”", "Bo Ek", "mayor"),
    ("“The bridge is safe, whatever the council says,”", "Ngozi Okafor", None),
]


def article(number: int) -> tuple[Article, list[Statement]]:
    """Return an article of some paragraphs, each with a quotation and a fact."""
    chance = random.Random(number)
    chosen = chance.sample(LINES, 4)
    paragraphs = [
        f"{words} {name} said on day {number}. The quay opened in 19{number:02}." for words, name, _ in chosen
    ]
    text = "\n".join([*paragraphs, " ".join(chance.choices("harbour board ferry island winter chair".split(), k=70))])
    found = Article(
        id=text_id(text),
        text=text,
        path=f"news/{number}.txt",
        title=f"Story {number}",
        outlet=f"Post {number % 3}",
        published=f"2024-0{number % 9 + 1}-11",
        byline="C. Dunn",
        language="en",
    )
    return found, [
        each for line, paragraph in zip(chosen, paragraphs, strict=True) for each in _said(found, line, paragraph)
    ]


def _said(found: Article, line: tuple[str, str, str | None], paragraph: str) -> Iterator[Statement]:
    words, name, role = line
    start = found.text.index(paragraph)
    end = start + len(words)
    mention = Mention(name, end + 1, end + 1 + len(name))
    cue = Mention("said", mention.end + 1, mention.end + 5)
    speaker = Speaker(name=name, role=role, type="person", mention=mention, resolved_by="name", evidence="its own name")
    yield Statement(
        id=f"{found.text_id}-{start}",
        kind="quote",
        form="direct",
        manner="said",
        reported="affirmed",
        text=words,
        content=(Span(start, end),),
        cue=cue,
        speaker=speaker,
        confidence=0.97,
        article=found.ref,
    )
    fact = Span(start + paragraph.index("The quay"), start + len(paragraph))
    year = Mention(found.text[fact.end - 5 : fact.end - 1], fact.end - 5, fact.end - 1)
    yield Statement(
        id=f"{found.text_id}-{fact.start}",
        kind="fact",
        text=found.text[fact.start : fact.end],
        content=(fact,),
        figures=(Figure(text=year.text, value=year.text, unit="date", start=year.start, end=year.end),),
        confidence=0.5,
        article=found.ref,
    )


def make(path: Path) -> None:
    """Make a library that holds something in every table."""
    with Library(path) as library:
        for number in range(12):
            given, statements = article(number)
            library.add(given, statements)
        again = Article(id=given.id, text=given.text, path="again.txt", title="Once more")
        library.add(again)
        file = File("news", "/news", 1000, 5)
        list(library.add_all([FileRead(file, "as ever", (Filed(given.digest, given.ref),))]))
        library.remove(library.articles()[0].id)
        library.join_speakers(["Tomas Lund", "Bo Ek"])
        list(library.understand())
        library.compact()


def answers(path: Path) -> Iterator[Any]:
    """Yield what the library answers to all that can be asked."""
    with Library(path) as library:
        yield library.articles()
        yield list(library.statements())
        yield list(library.statements(sort="speaker"))
        for filters in (
            Filters(speaker="whitfield"),
            Filters(outlet="Post 1", kind=("fact",)),
            Filters(since="2024-05"),
        ):
            yield list(library.statements(filters, "date"))
        for query in (
            "ferry",
            "ferrry",
            "harbuor forty",
            "bridge safe",
            "winter",
            "okafor",
            '"never asked"',
            "post 2 rain",
        ):
            yield library.search(query)
        yield library.search("expelled migrants", semantic=True)
        yield library.speakers()
        yield [library.profile(name) for name in ("Tomas Lund", "Ana Whitfield", "okafor")]
        yield library.decisions()
        quotes = list(library.statements(Filters(kind=("quote",))))
        yield library.repeats(quotes)
        yield list(library.entries())
        yield [library.article(each.id) for each in library.articles()]
        draft = (
            "“The bridge is safe, whatever the council says,” Ngozi Okafor said. “Rain fell on the café,” Bo Ek said."
        )
        kept = lambda of: list(library.statements(Filters(digests=(of.digest,))))  # noqa: E731
        yield verify(draft, Indexed(library.passages(), kept), statements_of=lambda _: [])
        yield library.stats()


def outcome(path: Path, expected: list[Any]) -> str:
    """Return what became of a library with damage: harmless, reported, or else what is wrong."""
    try:
        if list(answers(path)) == expected:
            return "harmless"
    except LibraryError as error:
        return "reported" if "\n" not in str(error) else f"more than one line: {error}"
    except NotFoundError:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    try:
        with Library(path) as library:
            return "reported" if library.check() else "another answer, and the check says whole"
    except DamagedError:
        return "reported"
    except Exception as error:
        return f"check: {type(error).__name__}: {error}"


def flipped(whole: bytes, bit: int) -> bytes:
    """Return these bytes with one bit turned over."""
    damaged = bytearray(whole)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def outcomes(folder: Path, flips: int, seed: int = SEED) -> Iterator[tuple[int, str]]:
    """Yield random bits of a library's file, each with what became of the library when it was turned over."""
    batches.model_version = lambda: "1"
    whole, copy = folder / "whole.db", folder / "copy.db"
    make(whole)
    expected = list(answers(whole))
    content, chance = whole.read_bytes(), random.Random(seed)
    for _ in range(flips):
        bit = chance.randrange(len(content) * 8)
        for left in folder.glob("copy.db*"):
            left.unlink()
        copy.write_bytes(flipped(content, bit))
        yield bit, outcome(copy, expected)


def main() -> None:
    """Turn over as many bits as were asked for, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    counts: Counter[str] = Counter()
    try:
        for bit, found in outcomes(folder, arguments.flips, arguments.seed):
            counts[found if found in ("harmless", "reported") else "wrong"] += 1
            if found not in ("harmless", "reported"):
                print(f"bit {bit} (byte {bit // 8}): {found}")
    finally:
        shutil.rmtree(folder)
    print(", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    sys.exit(bool(counts["wrong"]))


if __name__ == "__main__":
    main()
