"""Money: a sign or a code in front ("£3bn", "Rs 500 crore") or a name behind ("two million dollars")."""

from __future__ import annotations

import re

from quotecli.facts.ranges import SCALED_DIGITS, range_value
from quotecli.facts.reading import Outcome, Reading, Rule

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD",
    "cad": "CAD", "nz$": "NZD", "nzd": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "nt$": "TWD", "ec$": "XCD",
    "bz$": "BZD", "bds$": "BBD", "tt$": "TTD", "j$": "JMD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR",
    "¥": "JPY", "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "₹": "INR", "inr": "INR", "pkr": "PKR", "₽": "RUB",
    "₩": "KRW", "₪": "ILS", "₺": "TRY", "₦": "NGN", "₴": "UAH", "chf": "CHF", "rs": "rupee", "rs.": "rupee",
    "euro": "EUR", "dollar": "USD", "us dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "pound sterling": "GBP", "yuan": "CNY", "yen": "JPY", "rouble": "RUB", "ruble": "RUB",
    "shekel": "ILS", "swiss franc": "CHF", "hryvnia": "UAH", "naira": "NGN", "pence": "pence",
}  # fmt: skip
"""ISO 4217 codes. "$" and "dollars" alone are US dollars, as news in English means them; "Rs", "rupees" and other
names that several countries share stay words."""

NAME = (
    r"(?:(?:US|American|Canadian|Australian|Swiss) )?(?:dollars?|euros?|rupees?|yuan|yen|roubles?|rubles?|francs?|"
    r"pesos?|dirhams?|riyals?|shekels?|hryvnias?|naira|pounds? sterling|pence|cents?)\b"
)
_SIGN = (
    r"(?:(?<![A-Za-z])(?:US|AU|A|CA|C|NZ|HK|S|R|NT|EC|BZ|Bds|TT|J)?\$|[£€¥₹₽₩₪₺₦₴]"
    r"|\b(?:Rs\.?|INR|PKR|USD|EUR|GBP|AUD|CAD|NZD|JPY|CNY|RMB|CHF)(?![A-Za-z]))"
)
_FIRST = rf"(?P<sign>{_SIGN})[ \u00a0]?(?P<low>{SCALED_DIGITS})"
_ONE_SUM = re.compile(rf"{_FIRST}(?!\w)")
_TWO_SUMS = re.compile(
    rf"(?<!from ){_FIRST}(?:[-–—]| (?:to|or) (?={_SIGN}))(?:{_SIGN}[ \u00a0]?)?(?P<high>{SCALED_DIGITS})(?!\w)"
)


def currency(name: str) -> str:
    """Return the ISO 4217 code of a currency's name or sign, or its singular where several countries share it."""
    key = name.casefold()
    singular = key if key in CURRENCIES else key.removesuffix("s")
    return CURRENCIES.get(singular, singular)


def _read_sums(match: re.Match[str]) -> Outcome:
    return Reading(range_value(match["low"], match.groupdict().get("high")), currency(match["sign"]))


RULES = (Rule(_TWO_SUMS, _read_sums), Rule(_ONE_SUM, _read_sums))
