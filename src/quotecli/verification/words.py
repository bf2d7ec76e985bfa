"""Words as verification compares them: what they are once marks, spacing, case and house style are set aside.

The rules by which a quotation counts as `normalised` are these, and no others (docs/verification.md lists them for
editors): quotation marks, punctuation and spacing do not count, but a question mark does; case and accents do not
count; numbers are the same in digits and words, with "%" and "per cent", with a currency's sign or its name; British
and American spelling are the same, and so are compounds in one word and in two (see `changes`). Everything else is a
change.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from quotecli.facts.money import NAME as MONEY_NAME
from quotecli.facts.money import currency
from quotecli.facts.numbers import DIGITS, NUMBER, ONES, SCALE, SHORT_SCALE, TENS, number_value
from quotecli.facts.ordinals import WORDS as ORDINALS
from quotecli.verification.spelling import american

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:US|AU|A|C|NZ|HK)?[$£€¥₹](?=[ \u00a0]?\d)"
    r"|\[[^\W\d_]\][^\W\d_]+|[^\W\d_]+\[[^\W\d_]{1,4}\]|[^\W_]+(?:['’ʼ`´][^\W\d_]+)*|[%½¼¾]|\?"
)
"""A word; an acronym with its points; a currency's sign; letters in brackets as in "[T]he" and "refugee[s]"; "?"."""
_NUMBER_HERE = re.compile(rf"{NUMBER}")
_SCALED_DIGITS = re.compile(rf"{DIGITS}(?:[ \u00a0-]?(?:{SCALE}(?: {SCALE})?|{SHORT_SCALE})\b)?")
_BEHIND_NUMBER = re.compile(
    rf"(?P<percent> ?%|[ -]per[ -]?cent\b)|[ \u00a0-](?P<money>{MONEY_NAME}|pounds?\b)|(?P<ordinal>st|nd|rd|th)\b"
)
_DECADE = re.compile(r"(\d+)['’ʼ`´]?s\b")
_MAY_BEGIN_NUMBER = frozenset([*ONES, *TENS, "hundred", "half", "a", "an"])
_CONTRACTED = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
_SIC = re.compile(r"\[\s*sic\.?\s*\]|\(\s*sic\.?\s*\)", re.IGNORECASE)
"""A quoter's word on the words in front of it, whoever put it there."""
_DROPPED = re.compile(r"[^\w?'’ʼ`´]|_")
_LOUD = frozenset({"US", "IT", "WHO", "AIDS"})
"""Capitals that make another word; "U.S." and "US" are one."""

QUESTION = "?"
_KIN = 5


class Words(msgspec.Struct, frozen=True):
    """The words of a stretch of text: their forms to compare, and where they stand in the whole text."""

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)


def read_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """Return the words of `text[start:end]`; offsets into the whole text. Never raises."""
    end = len(text) if end is None else end
    text = _SIC.sub(lambda match: " " * len(match.group()), text)
    words = Words([], [], [])
    position = start
    for token in _TOKEN.finditer(text, start, end):
        if token.start() < position:  # within a number that was read whole
            continue
        plain = _plain_form(token.group())
        if plain is not None:
            words.forms.append(plain)
            words.starts.append(token.start())
            words.ends.append(token.end())
            continue
        for form, first, last in _forms(text, token, end):
            words.forms.append(form)
            words.starts.append(first)
            words.ends.append(last)
            position = last
    return words


@lru_cache(maxsize=65536)
def _plain_form(word: str) -> str | None:
    """Return the form of a word that stands for itself; None where it may begin a number or is two words."""
    folded = word.casefold()
    if not word[0].isalpha() or word[-1] in "$£€¥₹" or folded in _MAY_BEGIN_NUMBER or folded == "cannot":
        return None
    return None if folded[-3:] in {"n't", "n’t"} else form(word)


def _forms(text: str, token: re.Match[str], end: int) -> list[tuple[str, int, int]]:
    """Return the forms that begin with `token`: one as a rule, two for "don't", a longer stretch for a number."""
    word, start = token.group(), token.start()
    if word[0] in "½¼¾" or word[0].isdigit() or word[-1] in "$£€¥₹" or word.casefold() in _MAY_BEGIN_NUMBER:
        number = _number(text, token, end)
        if number:
            return [number]
    if word[-2:].casefold() in {"'t", "’t"} and len(word) > 3 and word[-3] in "nN":
        stem = word[:-3].casefold()
        cut = token.end() - 3
        return [(_CONTRACTED.get(stem, stem), start, cut), ("n't", cut, token.end())]
    if word.casefold() == "cannot":
        return [("can", start, start + 3), ("not", start + 3, token.end())]
    return [(form(word), start, token.end())]


def _number(text: str, token: re.Match[str], end: int) -> tuple[str, int, int] | None:
    """Read a number with its sign or name ("£3bn", "3 billion pounds", "40 per cent", "3rd") as one form."""
    start, sign = token.start(), ""
    first = start
    if token.group()[-1] in "$£€¥₹":
        sign = currency(token.group())
        first = token.end() + (text[token.end() : token.end() + 1] in {" ", "\u00a0"})
    pattern = _SCALED_DIGITS if sign or text[first : first + 1].isdigit() else _NUMBER_HERE
    match = pattern.match(text, first, end)
    value = number_value(match.group()) if match else None
    if match is None or value is None:
        return None
    if decade := _DECADE.match(text, start, end):
        return (f"#{decade[1]}s", start, decade.end())
    behind = _BEHIND_NUMBER.match(text, match.end(), end)
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
