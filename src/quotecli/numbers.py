"""Numbers in digits and in words: a pattern that finds them and the value they stand for."""

from __future__ import annotations

import re
from decimal import Decimal

ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_ones = "|".join(sorted(ONES, key=len, reverse=True))
_tens = "|".join(TENS)
_below_100 = rf"(?:(?:{_tens})(?:[- ](?:{_ones}))?|{_ones})"
_hundreds = rf"(?:(?:{_ones}|an?)[- ]hundred(?:[- ](?:and[- ])?{_below_100})?)"

_FRACTION = r"[1-7]/[2-8](?![\d/])"
DIGITS = rf"(?:\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?:\.\d+)?|\d+(?:\.\d+)?(?: ?[½¼¾]|[ ]+{_FRACTION})?|[½¼¾])"
SCALE = r"(?i:(?:hundred|thousand|lakh|million|crore|billion|trillion|dozen)(?:(?<=lakh)s|(?<=crore)s)?)"
SHORT_SCALE = r"(?:bn|BN|ml?n|MN|tn|TN|trn|TRN|[mMkKbB])"

_words = (
    rf"(?:(?:{_hundreds}|{_below_100}|an?(?= (?:{SCALE})\b)|{DIGITS})(?:[- ]and[- ]a[- ](?:half|quarter))?"
    rf"(?:[- ]{SCALE}\b(?:[- ](?:and[- ])?(?:{_hundreds}|{_below_100})(?:[- ]{SCALE}\b)?)*"
    r"(?: and a (?:half|quarter))?)*"
    rf"|half(?: an?|-an?)?[- ](?:thousand|million|billion|trillion|dozen|lakh|crore))"
)
_BEGINS = r"(?=[\d½¼¾]|(?i:[eos]|an?[ -]|f[io]|ha|ni|t[ehw]|ze))"
"""The first letters of all these words: most of a text is passed over by them."""
NUMBER = rf"(?:(?<![\w.]){_BEGINS}(?<!\w[-'’])(?<!\d,)(?i:{_words})(?![½¼¾]))"
"""Digits or words with their scale ("1.4 million", "two hundred and fifty", "half a million"), not the inside of a
longer number, code or word. What may follow it is for the caller to say."""

_TOKEN = re.compile(r"(?<= )\d/\d|\d[\d,]*(?:\.\d+)?|[½¼¾]|[a-z]+")


def number_value(text: str) -> int | float | None:
    """Return the number that `text`, a match of `NUMBER`, stands for; None when it holds no number.

    An int where the value is whole. Counted in decimals, so that "2.3 million" is 2300000.
    """
    total, current, scale = Decimal(0), None, Decimal(1)
    for token in _TOKEN.findall(text.casefold()):
        singular = token.rstrip("s")
        if token in PARTS and current is None and total:  # "a million and a half"
            total += PARTS[token] * scale
        elif (value := _simple_value(token)) is not None:
            current = (current or Decimal(0)) + value
        elif token == "hundred":
            current = (current or Decimal(1)) * 100
        elif singular in SCALES or token in SHORT_SCALES:
            scale = Decimal(SCALES.get(singular) or SHORT_SCALES[token])
            total = total * scale if current is None and total else total + (current or Decimal(1)) * scale
            current = None
        elif token not in {"a", "an", "and"}:
            return None
    return plain(total + (current or 0)) if total or current is not None else None


def plain(value: Decimal) -> int | float:
    """Return a decimal as an int where it is whole, else as a float."""
    return int(value) if value == value.to_integral_value() else float(value)


def _simple_value(token: str) -> Decimal | None:
    if "/" in token:
        return Decimal(token[0]) / Decimal(token[2])
    if token[0].isdigit():
        try:
            return Decimal(token.replace(",", ""))
        except ArithmeticError:  # digits that Decimal does not read, such as superscripts
            return None
    if token in SIGNS or token in PARTS:
        return SIGNS.get(token) or PARTS[token]
    value = ONES.get(token, TENS.get(token))
    return None if value is None else Decimal(value)
