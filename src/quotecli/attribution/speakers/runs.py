"""Runs of capitalised words: where they begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    CAPITAL_TITLES,
    DAYS_AND_MONTHS,
    HONORIFICS,
    OFFICES,
    OPENERS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLACE_OPENERS,
    REMEMBERED,
    fold,
    is_first_name,
    singular,
    title_gender,
)
from quotecli.records import Span
from quotecli.text.document import Document

_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if c.isupper())
_CAPITAL = rf"[{_UPPER}]"
_WORD = (
    rf"(?:(?:{_CAPITAL}\.)+(?:-{_CAPITAL}\.)*(?![\w])"  # initials: "F.", "J.K."
    rf"|(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|St|Jr|Sr|Lt|Col|Gen|Sgt|Prof|Rev|Hon|Capt|Maj|Cmdr|Cpl|Det|Insp|Supt|Sec|Adm|Del)\."
    rf"|(?:al-|el-|ad-|as-|ash-|[dDlLO]['’])?{_CAPITAL}\w*(?:(?:['’](?!s\b|S\b)|[-‑])\w+)*)"
)
_INSIDE_MARKS = rf"{_CAPITAL}[\w-]{{1,14}}(?: [\w-]{{1,14}}){{0,2}}"
_MARKED = "(?:" + "|".join(rf"{a}{_INSIDE_MARKS}{b}" for a, b in ("“”", '""', "‘’", "''")) + ")"
_NICKNAME = rf"(?:{_MARKED}|\((?:{_MARKED}|{_CAPITAL}\w+)\))"
_NICKNAME = rf"(?!\([A-Z]{{2,}}\)){_NICKNAME}"  # but "of Pakistan (CJP) NAME"
_MARKS = "“\"‘'"
_BETWEEN = r"[ \t\u00a0]{1,2}"
_PARTICLES = (
    r"(?:de|van|von)(?: (?:la|las|los|der|den|de|und zu|[’']t))?|(?:op|in|aan|uit) (?:de|den|[’']t)|[’']t"
    r"|del|della|des|der|den|ten|ter|te|vom|zu|zum|zur|af|av|y|i|e"
    r"|bin|ibn|al|el|abu|da|do|dos|das|di|du|le|la|ní|nic|bint|binti|binte|ole|arap|wa|a/[lp]|[sd]/o"
)
RUN = re.compile(
    rf"(?<![\w@#./])(?:{_MARKED}{_BETWEEN}(?={_CAPITAL}))?(?:(?:van|von|de|al)(?=\s{_CAPITAL})[ ])?{_WORD}"
    rf"(?:{_BETWEEN}(?:{_NICKNAME}{_BETWEEN}(?=(?:(?:{_PARTICLES}){_BETWEEN})?{_CAPITAL}))?"
    rf"(?:(?:{_PARTICLES}){_BETWEEN})?{_WORD})*"
    r"(?:, (?:Jr|Sr)\b\.?)?"
)
_RUN_WORD = re.compile(rf"{_NICKNAME}|[\w&]+(?:['’‑-]\w+|\.(?=\w))*\.?")
INITIAL = re.compile(rf"(?!U\.[KSN]\.|D\.C\.){_CAPITAL}\.(?:{_CAPITAL}\.)?")
ABBREVIATED = {"Del.": "delegate"}  # titles that are other words without their dot: "Del Toro"
_OF_TWO_PLACES = frozenset(("trust", "council", "borough"))  # "Wyre and Lune Hospitals NHS Trust"
_MEMBER = ("ember of ", "ember of the ")  # "Member of Parliament for PLACE NAME"
_OF = re.compile(r"[ \u00a0](?:of|for)(?: the)? $")
_LONGEST_HEADLINE = 200
_LONGEST_RUN = 9  # a longer run of capitals is a headline


_MODIFIER = re.compile(r".-(?:based|listed|born|backed|bound|controlled|educated|held|led|owned|run|speaking|trained)$")


@lru_cache(REMEMBERED)
def _opens(word: str) -> bool:
    return word in OPENERS or word.partition("'")[0] in OPENERS or _MODIFIER.search(word) is not None


@lru_cache(REMEMBERED)
def _is_office(word: str) -> bool:
    first, of, _ = word.partition("-of-")
    if of:
        return first in PERSON_WORDS  # "Mother-of-two"
    last = word.rpartition("-")[2]
    return last in OFFICES or (last.endswith("s") and singular(last) in OFFICES)  # "Senators A and B"


class Token(NamedTuple):
    """A word of a run: its folded form, its place, and whether it is all in capitals."""

    word: str
    start: int
    end: int
    capitals: bool

    @property
    def honorific(self) -> bool:
        return self.word in HONORIFICS or (self.capitals and self.word in CAPITAL_TITLES)

    @property
    def titles(self) -> bool:
        """Whether the word can be a title: "Mr", "minister", and "monk", which shows a gender."""
        return self.honorific or self.office or title_gender(self.word) is not None

    @property
    def opens(self) -> bool:
        """Whether the word is no part of a name: it opens a sentence ("They’re") or describes ("London-based")."""
        return _opens(self.word)

    @property
    def describes(self) -> bool:
        return _MODIFIER.search(self.word) is not None

    @property
    def office(self) -> bool:
        return _is_office(self.word)


class Labels:
    """The model's names, for asking which of them lie in a span."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._ends = [name.end for name in self._names]

    def spans(self, start: int, end: int) -> bool:
        """Whether a name runs over the words between two capitalised ones ("Securities and Exchange"): no person's."""
        between = self.within(start, end) if end - start <= 9 else []
        return any(name.type != "person" and name.start < start and name.end > end for name in between)

    def within(self, start: int, end: int) -> list[Name]:
        first = bisect_right(self._ends, start)
        found = []
        for name in self._names[first:]:
            if name.start >= end:
                break
            found.append(name)
        return found


def find_runs(text: str, labels: Labels) -> Iterator[list[Token]]:
    """Yield the runs of capitalised words, two of them joined where a name goes over the "of" or "and" between them."""
    pending: list[Token] = []
    for match in RUN.finditer(text):
        tokens = [
            Token(ABBREVIATED.get(m[0]) or fold(m[0]), m.start(), m.end(), m[0].isupper())
            for m in _RUN_WORD.finditer(text, match.start(), match.end())
        ]
        if text[tokens[0].start] in _MARKS and not _is_first_half(tokens, labels):
            del tokens[0]  # “Titanic” Director
        between = text[pending[-1].end : tokens[0].start] if pending else ""
        joined = pending and (
            between == " & "
            or labels.spans(pending[-1].end, match.start())
            or (between == " and " and len(pending) == 1 < len(tokens) and tokens[-1].word in _OF_TWO_PLACES)
        )
        if joined and not _is_member(text, pending, tokens):
            pending += tokens
            continue
        if pending and _OF.fullmatch(text, pending[-1].end, match.start()):
            holder = pending[-1].word in PERSON_WORDS or text.endswith(_MEMBER, 0, pending[-1].start)
            cut = _person_within(tokens, holder, labels)
            if pending[-1].word in ORGANISATION_WORDS:
                pending += tokens[:cut]
                tokens = tokens[cut:]
            elif holder and cut < len(tokens):
                yield tokens[:cut]
                tokens = tokens[cut:]
            if not tokens:
                continue
        if pending and len(pending) <= _LONGEST_RUN:
            yield pending
        pending = tokens
    if pending and len(pending) <= _LONGEST_RUN:
        yield pending


def _is_first_half(tokens: list[Token], labels: Labels) -> bool:
    """Whether the words in marks that open a run are half of a person's name: “Weird Otto” Brandt."""
    first, second = tokens[:2]
    people = [name for name in labels.within(first.start, second.end) if name.type == "person"]
    covered = {
        half.start for half in (first, second) for name in people if name.start < half.end and name.end > half.start
    }
    return len(covered) == 2 and not second.titles


def _is_member(text: str, before: list[Token], after: list[Token]) -> bool:
    """Whether the first words name a person and the others where they belong: "Fenella Marsh of Rhodes University"."""
    person = len(before) > 1 and is_first_name(before[0].word) and all(map(is_plain, before))
    of = _OF.fullmatch(text, before[-1].end, after[0].start) is not None
    return person and of and any(token.word in ORGANISATION_WORDS for token in after)


def is_plain(token: Token) -> bool:
    """Whether the word may be part of a person's name: nothing in it speaks of an organisation or opens a sentence."""
    return not (token.capitals or token.opens or token.word in ORGANISATION_WORDS)


def _person_within(tokens: list[Token], office: bool, labels: Labels) -> int:
    """Return where a person's name begins behind a place: "District of Vermont | Ann Lee"."""
    for i, token in enumerate(tokens[1:-1], 1):
        if any(name.type == "person" and name.start == token.start for name in labels.within(token.start, token.end)):
            return i
    if tokens[0].word in PLACE_OPENERS and len(tokens) >= 4:
        return 2  # "Mayor of Port Hope | Delroy Reid"
    places = [i for i in range(1, len(tokens) - 1) if tokens[i - 1].word not in PLACE_OPENERS]  # "Port Hope"
    known = next((i for i in places if is_first_name(tokens[i].word)), None)
    if known is not None:
        return known
    return 1 if office and len(tokens) >= 3 else len(tokens)


def find_surnames(runs: Iterable[list[Token]], text: str, labels: Labels) -> frozenset[str]:
    """Return the small words and titles that end a person's full name in the text: "Brian To", "Nora King"."""
    found = set()
    for tokens in runs:
        before, last = tokens[-2:] if 2 <= len(tokens) <= 4 else (None, None)
        if before is None or last is None or not (last.opens or last.titles):
            continue
        plain = not (before.opens or before.titles or before.word in ORGANISATION_WORDS)
        name = is_first_name(before.word) or (
            len(tokens) == 2
            and any(n.type == "person" and n.end >= last.end for n in labels.within(before.start, before.end))
        )
        if plain and name and last.word not in DAYS_AND_MONTHS and not text.endswith(_ARTICLES, 0, tokens[0].start):
            found.add(last.word)
    return frozenset(found)


_ARTICLES = ("the ", "The ", " a ", " an ")


def find_headlines(document: Document) -> list[Span]:
    """Return the paragraphs that are printed Like This: their capital letters say nothing about names."""
    found = []
    for paragraph in document.paragraphs:
        if paragraph.end - paragraph.start > _LONGEST_HEADLINE:
            continue
        words = re.findall(r"(?<![\w’'])[^\W\d]{4,}", document.text[paragraph.start : paragraph.end])
        ends_like_prose = document.text[paragraph.end - 1] in ".!?”\"’'"
        fewest, share = (5, 0.9) if ends_like_prose else (3, 0.75)
        capitals = bool(words) and document.text[paragraph.start : paragraph.end].isupper()  # "UNION ANGER"
        if capitals or (len(words) >= fewest and sum(word[0].isupper() for word in words) >= share * len(words)):
            found.append(paragraph)
    return found
