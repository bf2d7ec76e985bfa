"""Capitalised words, the runs that they make, and what the network sees in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotecli.attribution.mentions.phrases import noun_of
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    ABBREVIATED_TITLES,
    CAPITAL_TITLES,
    HONORIFICS,
    NAMED_AFTER,
    OFFICES,
    OPENERS,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    PARTICLES,
    PERSON_WORDS,
    SUFFIXES,
    fold,
    singular,
)

_CAPITAL = "[" + "".join(c for c in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if c.isupper()) + "]"
_WORD = re.compile(
    rf"{_CAPITAL}(?:\.(?:{_CAPITAL}\.)*(?:-{_CAPITAL}\.)*(?!\w)"  # initials: "F.", "J.K."
    r"|\w*(?:(?:['’](?![sS]\b)|[-‑])\w+)*)"
)
_PREFIX = re.compile(r"(?<!\w)(?:al-|el-|ad-|as-|ash-|[dl]['’]|d[eu]|l[ae]|van|von)\Z")  # "d'Orsay", "duPlessis"
_INSIDE_WORD = frozenset("_@#./")  # before a capital letter that begins no word: "@PC_Dunmore", "example.Com"
_GLUED = re.compile(rf"[a-z]{{2}}\.{_CAPITAL}[a-z]+[ ,]")  # "in doubt.Ann Lee said": a space is missing

_SPACE = "[ \\t\u00a0]{1,2}"
_PARTICLES = (
    r"(?:(?:op|in|aan|uit) (?:de|den|[’']t)|(?:de|van|von) (?:la|las|los|der|den|de|und zu|[’']t)|[’']t|ní|y|i|e"
    rf"|{'|'.join(sorted(PARTICLES - {'op', 'uit', 'aan'}, key=len, reverse=True))})"
)
_LINK = re.compile(rf"\]?{_SPACE}(?:{_PARTICLES}{_SPACE})?")  # "Bert | van der | Meulen"
_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_MARKED = "|".join(rf"{a}{_CAPITAL}[\w-]{{1,14}}(?: [\w-]{{1,14}}){{0,2}}{b}" for a, b in _MARKS.items())
_NICKNAME = re.compile(
    rf"{_SPACE}(?!\([A-Z]{{2,}}\))(?P<nickname>{_MARKED}|\((?:{_MARKED}|{_CAPITAL}\w+)\))"
    rf"(?={_SPACE}(?:{_PARTICLES}{_SPACE})?{_CAPITAL})"
)
_OF = re.compile(r"[ \u00a0](?:of|for)(?: the| an?)? ")
OWNS = ("'s ", "’s ")

_MODIFIER = re.compile(
    r".-(?:based|listed|born|backed|bound|controlled|educated|held|led|owned|run|speaking|trained|year-old)$"
)


class Token(NamedTuple):
    """A word of a run: folded, at its place, whether it is all in capitals, and the name that the network sees."""

    word: str
    start: int
    end: int
    capitals: bool
    label: Name | None

    @property
    def honorific(self) -> bool:
        rank = "-" in self.word and (HONORIFICS | OFFICES).issuperset(self.word.split("-"))  # "Major-Gen"
        return rank or self.word in HONORIFICS or (self.capitals and self.word in CAPITAL_TITLES)

    @property
    def acronym(self) -> bool:
        return self.capitals and len(self.word) > 2 and "." not in self.word and self.word not in SUFFIXES

    @property
    def office(self) -> bool:
        noun = noun_of(self.word)  # "Senators A and B", "Mother-of-two NAME"
        return noun in OFFICES or singular(noun) in OFFICES or "-of-" in self.word

    @property
    def opens(self) -> bool:
        """Whether the word is no part of a name: it opens a sentence ("They’re") or describes ("London-based")."""
        opener = self.label is None and self.word.partition("'")[0] in OPENERS
        return opener or _MODIFIER.search(self.word) is not None

    @property
    def person(self) -> bool:
        """Whether the network sees a person."""
        return self.label is not None and self.label.type == "person"

    @property
    def begins_person(self) -> bool:
        return self.label is not None and self.label.type == "person" and self.label.start == self.start


def find_runs(text: str, labels: Sequence[Name]) -> Iterator[list[Token]]:
    """Yield the runs of capitalised words, two of them joined where a name goes over what stands between them.

    labels: what the network sees, in the order of the text.
    """
    run: list[Token] = []
    for chain in _chains(text, labels):
        joined = bool(run) and (_are_one(text, run, chain[0]) or _is_one_body(text, run, chain))
        body = len(chain) if joined else _body_end(text, run, chain)
        if joined or (body and run[-1].word in ORGANISATION_WORDS):
            run += chain[:body]  # "Bank of England"
        if run and body < len(chain):
            yield run
        run = chain[body:] or run
    if run:
        yield run


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words with a capital letter stand, and the nicknames between two of them."""
    held = 0  # where a nickname ends
    for match in _WORD.finditer(text):
        start, end = match.span()
        if prefix := _PREFIX.search(text, max(0, start - 4), start):
            start = prefix.start()
        before = text[start - 1 : start]
        if before.isalnum() or start < held or (before in _INSIDE_WORD and not _GLUED.match(text, start - 3)):
            continue
        end += text[end : end + 1] == "." and text[start:end] in ABBREVIATED_TITLES
        yield start, end
        if nickname := _NICKNAME.match(text, end):
            held = nickname.end()
            yield nickname.span("nickname")


def _chains(text: str, labels: Sequence[Name]) -> Iterator[list[Token]]:
    """Yield the words that only spaces, particles and nicknames part."""
    chain: list[Token] = []
    at = 0
    for start, end in _words(text):
        while at < len(labels) and labels[at].end <= start:
            at += 1
        label = labels[at] if at < len(labels) and labels[at].start < end else None
        if chain and not _LINK.fullmatch(text, chain[-1].end, start):
            yield chain
            chain = []
        chain.append(Token(_comparable(text[start:end]), start, end, text[start:end].isupper(), label))
    if chain:
        yield chain


def _comparable(written: str) -> str:
    """Return a word folded; initials keep their dots: "M.P. Shukoor" is no member of parliament."""
    if written == "Del.":
        return "delegate"  # but "Del Toro"
    return written.casefold() if written[1:2] == "." else fold(written)


def _are_one(text: str, run: list[Token], following: Token) -> bool:
    """Whether one name goes over the words between two runs: "Securities and Exchange Commission"."""
    gap = text[run[-1].end : following.start]
    if text[run[0].start - 1 : run[0].start] + gap in _AROUND and run[0].person:
        run[0] = run[0]._replace(start=run[0].start - 1)
        return True  # “Weird Otto” Brandt
    label = run[-1].label
    covered = label is not None and label is following.label and label.type != "person"
    named_after = gap in OWNS and following.word in NAMED_AFTER
    of_many = _is_of_many(run[-1].word, gap) and following.word in ORGANISATION_HEADS | ORGANISATION_WORDS
    return covered or gap == " & " or named_after or of_many


def _is_of_many(word: str, gap: str) -> bool:
    """Whether a word and the mark behind it say whose a body is: "Farmers’ | Union", "Fishermen's | Federation"."""
    return word.endswith(_MANY) if gap in OWNS else gap in ("' ", "’ ") and singular(word) in PERSON_WORDS


_MANY = ("men", "people", "children")


def _is_one_body(text: str, run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether "and" stands inside an institution's name: "the Competition and Markets Authority", "Devon and Cornwall
    Police"."""
    first, last = run[-1], tokens[-1]
    if len(tokens) != 2 or last.word not in ORGANISATION_WORDS or text[first.end : tokens[0].start] != " and ":
        return False
    another = first.person or tokens[0].begins_person or first.acronym or first.word in ORGANISATION_WORDS
    return not another and (last.word in ("police", "council") or text.endswith(("the ", "The "), 0, first.start))


_AROUND = frozenset(f"{a}{b} " for a, b in _MARKS.items())


def _body_end(text: str, run: Sequence[Token], tokens: Sequence[Token]) -> int:
    """Return how many of the words behind an "of" say what an office is for: "Attorney for the District of Vermont"."""
    if not run or not _OF.fullmatch(text, run[-1].end, tokens[0].start):
        return 0
    office = run[-1].word in PERSON_WORDS or text.endswith(_MEMBER, 0, run[-1].start)
    rest = len(tokens) if run[-1].word in ORGANISATION_WORDS else 0
    person = (i for i in range(1, len(tokens) - 1) if tokens[i].begins_person)
    return next(person, 1 if office and len(tokens) > 2 else rest)


_MEMBER = ("ember of ", "ember of the ")  # "Member of Parliament for PLACE NAME"


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence, or what stands in marks, begins there: a capital letter says nothing."""
    return text[max(0, start - 3) : start].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", "”", '"', "’")
