"""Words as verification compares them: what they are once marks, spacing, case and house style are set aside.

The rules by which a quotation counts as `normalised` are these, and no others (docs/verification.md lists them for
editors): quotation marks, punctuation and spacing do not count, but a question mark does; case and accents do not
count; numbers are the same in digits and words, with "%" and "per cent", with a currency's sign or its name; British
and American spelling are the same, and so are compounds in one word and in two (see `changes`). Everything else is a
change.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from quotecli.facts.money import NAME as MONEY_NAME
from quotecli.facts.money import currency
from quotecli.facts.ordinals import WORDS as ORDINALS
from quotecli.numbers import DIGITS, NUMBER, ONES, SCALE, SHORT_SCALE, TENS, number_value
from quotecli.text import clean, with_edits
from quotecli.verification.spelling import american

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:US|AU|A|C|NZ|HK)?[$£€¥₹](?=[ \u00a0]?\d)"
    r"|\[[^\W\d_]\][^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*|\b(?:[Cc]o|(?:[Rr]e|[Pp]re)(?=-[eou]))-[^\W\d_]+|[^\W\d_]+\[[^\W\d_]{1,4}\]|[^\W_]+(?:['’ʼ`´][^\W\d_]+)*|[%½¼¾]|\?"
)
"""An acronym with its points; a currency's sign; letters in brackets as in "[T]he" and "refugee[s]"; "co-operation";
a word; "?"."""
_NUMBER_HERE = re.compile(rf"{NUMBER}")
_SCALED_DIGITS = re.compile(rf"{DIGITS}(?:[ \u00a0-]?(?:{SCALE}(?: {SCALE})?|{SHORT_SCALE})\b)?")
_BEHIND_NUMBER = re.compile(
    rf"(?P<percent> ?%|[ -]per[ -]?cent\b)|[ \u00a0-](?P<money>{MONEY_NAME}|pounds?\b)|(?P<ordinal>st|nd|rd|th)\b"
)
_DECADE = re.compile(r"(\d+)['’ʼ`´]?s\b")
_MAY_BEGIN_NUMBER = frozenset([*ONES, *TENS, "hundred", "half", "a", "an"])
_CONTRACTED = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
_NOTES = r"\d{1,3}(?:(?:, ?|[-–])\d{1,3})*"
_NOT_SAID = re.compile(
    rf"\s*(?:\[\s*sic\.?\s*\]|\(\s*sic\.?\s*\))|(?<=\S)\[(?:n(?:ote)?\.? ?)?{_NOTES}\]"
    r"|\s*\[(?:citation|clarification|verification) needed\]"
    rf"|\s*\[{_NOTES}\](?=\s*(?:[.,;:!?)\]”\"’]|$))|\[\^\w{{1,20}}\]"
    r"|(?:(?<=[^\W\d_])|(?<=[.,;:!?)\]”\"’']))(?:[⁰¹²³⁴-⁹]+|\^\d{1,2}\b\^?)",
    re.IGNORECASE,
)
"""A quoter's word on the words in front of it, whoever put it there; the mark of a note ("[12]", "[3, 4]", "²",
"^2", "[^2]")."""
_LINE_BREAK = re.compile(r"(?<=-)[^\S\n]*\n\s*(?=[^\W\d_A-Z])|[^\S\n]*\n[^\S\n]*(?=[a-z0-9%])")
_HYPHEN = re.compile("[\u2010\u2011]")
_DROPPED = re.compile(r"[^\w?'’ʼ`´]|_")
_LOUD = frozenset({"US", "IT", "WHO", "AIDS"})
"""Capitals that make another word; "U.S." and "US" are one."""

_KIN = 5


class Words(msgspec.Struct, frozen=True):
    """The words of a stretch of text: their forms to compare, and where they stand in the whole text."""

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)


def read_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """Return the words that a reader sees in `text[start:end]`; offsets into the whole text. Never raises."""
    seen = with_edits(clean(text[start:end]), _unsaid)
    text = seen.text
    words = Words([], [], [])
    position = 0
    for token in _TOKEN.finditer(text):
        if token.start() < position:  # within a number that was read whole
            continue
        plain = _plain_form(token.group())
        found = _forms(text, token) if plain is None else [(plain, token.start(), token.end())]
        for form, first, last in found:
            words.forms.append(form)
            words.starts.append(start + (first if seen.is_whole else seen.start(first)))
            words.ends.append(start + (last if seen.is_whole else seen.end(last)))
            position = last
    return words


def _unsaid(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is no part of the words, the line breaks that are spaces and hyphens of other kinds, each with what
    stands in its place."""
    done = 0
    found = (pattern.finditer(text) for pattern in (_NOT_SAID, _LINE_BREAK, _HYPHEN))
    for match in heapq.merge(*found, key=lambda match: match.start()):
        start, end = match.span()
        if start < done:
            continue
        is_space = match.re is _LINE_BREAK and text[start - 1 : start] != "-"
        yield start, end, "-" if match.re is _HYPHEN else " " if is_space else ""
        done = end


@lru_cache(maxsize=65536)
def _plain_form(word: str) -> str | None:
    """Return the form of a word that stands for itself; None where it may begin a number or is two words."""
    folded = word.casefold()
    if not word[0].isalpha() or word[-1] in "$£€¥₹" or folded in _MAY_BEGIN_NUMBER or folded == "cannot":
        return None
    return None if folded[-3:] in {"n't", "n’t"} else form(word)


def _forms(text: str, token: re.Match[str]) -> list[tuple[str, int, int]]:
    """Return the forms that begin with `token`: one as a rule, two for "don't", a longer stretch for a number."""
    word, start = token.group(), token.start()
    if word[0] in "½¼¾" or word[0].isdigit() or word[-1] in "$£€¥₹" or word.casefold() in _MAY_BEGIN_NUMBER:
        number = _number(text, token)
        if number:
            return [number]
    if word[-2:].casefold() in {"'t", "’t"} and len(word) > 3 and word[-3] in "nN":
        stem = word[:-3].casefold()
        cut = token.end() - 3
        return [(_CONTRACTED.get(stem, stem), start, cut), ("n't", cut, token.end())]
    if word.casefold() == "cannot":
        return [("can", start, start + 3), ("not", start + 3, token.end())]
    return [(form(word), start, token.end())]


def _number(text: str, token: re.Match[str]) -> tuple[str, int, int] | None:
    """Read a number with its sign or name ("£3bn", "3 billion pounds", "40 per cent", "3rd") as one form."""
    start, sign = token.start(), ""
    first = start
    if token.group()[-1] in "$£€¥₹":
        sign = currency(token.group())
        first = token.end() + (text[token.end() : token.end() + 1] in {" ", "\u00a0"})
    pattern = _SCALED_DIGITS if sign or text[first : first + 1].isdigit() else _NUMBER_HERE
    match = pattern.match(text, first)
    value = number_value(match.group()) if match else None
    if match is None or value is None:
        return None
    if decade := _DECADE.match(text, start):
        return (f"#{decade[1]}s", start, decade.end())
    behind = _BEHIND_NUMBER.match(text, match.end())
    if behind is None:
        if text[match.end() : match.end() + 1].isalnum():
            return None
        return (f"#{value}{sign}", start, match.end())
    unit = "%" if behind["percent"] else "th" if behind["ordinal"] else _money(behind["money"])
    return (f"#{value}{sign or unit}", start, behind.end())


def _money(name: str) -> str:
    return "GBP" if name.casefold().startswith("pound") else currency(name)


@lru_cache(maxsize=65536)
def form(word: str) -> str:
    """Return what a single word is compared by: without case, accents and British spelling, its apostrophe straight.

    The apostrophe stays: "we're" is not "were".
    """
    bare = word.replace(".", "")
    if bare in _LOUD:
        return bare
    if bare.isascii() and bare.isalpha():
        return _spelt(bare.lower())
    folded = unicodedata.normalize("NFKD", bare.casefold())
    plain = "".join("'" if character in "’ʼ`´" else character for character in folded if not _DROPPED.match(character))
    return _spelt(plain)


def _spelt(plain: str) -> str:
    if plain in ORDINALS:
        return f"#{ORDINALS.index(plain) + 1}th"
    return american(plain) if plain.isascii() else plain


def is_number(form: str) -> bool:
    """Whether a form is a number (the pronoun "one" too: its form is the same)."""
    return form.startswith("#")


@lru_cache(maxsize=65536)
def head(form: str) -> str:
    """Return what makes two words kin: that both are numbers, or the same beginning ("refugee", "refugees")."""
    return "#" if is_number(form) else form[:_KIN]
