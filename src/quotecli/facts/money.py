"""Money: a sign or a code in front ("£3bn", "Rs 500 crore") or a name behind ("two million dollars")."""

from __future__ import annotations

import re

from quotecli.facts.ranges import SCALED_DIGITS, range_value
from quotecli.facts.rules import DIGIT, Expression, Outcome, Reading, Rule, any_of

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD",
    "cad": "CAD", "nz$": "NZD", "nzd": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "nt$": "TWD", "ec$": "XCD",
    "bz$": "BZD", "bds$": "BBD", "tt$": "TTD", "j$": "JMD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR",
    "¥": "JPY", "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "₹": "INR", "inr": "INR", "pkr": "PKR", "₽": "RUB",
    "₩": "KRW", "₪": "ILS", "₺": "TRY", "₦": "NGN", "₴": "UAH", "chf": "CHF", "rs": "rupee", "rs.": "rupee",
    "euro": "EUR", "dollar": "USD", "us dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "pound sterling": "GBP", "yuan": "CNY", "yen": "JPY", "rouble": "RUB", "ruble": "RUB",
    "shekel": "ILS", "swiss franc": "CHF", "hryvnia": "UAH", "naira": "NGN", "pence": "pence",
    "kronor": "SEK", "krona": "SEK", "swedish krona": "SEK", "swedish kronor": "SEK", "danish kroner": "DKK",
    "norwegian kroner": "NOK", "kroner": "krone", "baht": "THB", "ringgit": "MYR", "zloty": "PLN", "zlotys": "PLN",
    "forint": "HUF", "rand": "ZAR", "rupiah": "IDR", "taka": "BDT", "cedi": "GHS", "birr": "ETB", "won": "KRW",
    "swedish crown": "SEK", "danish crown": "DKK", "norwegian crown": "NOK", "czech crown": "CZK",
}  # fmt: skip
"""ISO 4217 codes. "$" and "dollars" alone are US dollars, as news in English means them; "Rs", "rupees" and other
names that several countries share stay words."""

NAME = (
    r"(?:(?:US|American|Canadian|Australian|Swiss|Swedish|Danish|Norwegian|Czech) )?(?:dollars?|euros?(?! ?cents?)|"
    r"rupees?|yuan|yen|roubles?|rubles?|francs?|pesos?|dirhams?|riyals?|shekels?|hryvnias?|naira|pounds? sterling|"
    r"pence|(?:euro )?cents?|kron[aeo]r?|crowns|baht|ringgit|zlotys?|forints?|rand|rupiah|taka|cedis?|birr|shillings?|"
    r"dinars?|liras?|(?<=illion )won|(?<=[bmt]n )won)\b"
)
EACH = (
    r"(?:(?:[ \u00a0]|-)(?:an?|per)(?:[ \u00a0]|-)|[ \u00a0](?:each|every)[ \u00a0]|/)(?P<each>"
    r"second|minute|hour|day|night|week|month|quarter|year|person|head|share|barrel|tonne|ton|litre|liter|gallon|kg|kilo|kilogram|pound|ounce|mile|"
    r"kilomet(?:re|er)|acre|hectare)\b(?![’']s|-old|,? (?:ago|earlier|later|before|after|from now|old))"
)
"""What an amount is paid or counted for: "$600 an hour", "40 litres per day"."""

_SIGN = (
    r"(?:(?<![A-Za-z])(?:US|AU|A|CA|C|NZ|HK|S|R|NT|EC|BZ|Bds|TT|J)?\$|[£€¥₹₽₩₪₺₦₴]"
    r"|\b(?:Rs\.?|INR|PKR|USD|EUR|GBP|AUD|CAD|NZD|JPY|CNY|RMB|CHF)(?![A-Za-z]))"
)
_FIRST = rf"(?P<sign>{_SIGN})[ \u00a0]?(?P<low>{SCALED_DIGITS})"
_ONE_SUM = Expression(rf"{_FIRST}(?!\w)(?:{EACH})?")
_TWO_SUMS = Expression(
    rf"(?<!from ){_FIRST}(?:[-–—]| (?:to|or) (?={_SIGN}))(?:{_SIGN}[ \u00a0]?)?(?P<high>{SCALED_DIGITS})(?!\w)"
    rf"(?:{EACH})?"
)

_PENCE = Expression(r"(?<![\w.,$£€])(?P<low>\d{1,3}(?:\.\d+)?)p\b(?!\.m)")


def per(unit: str, each: str | None) -> str:
    """Return a unit with what it is counted for: "USD per hour"."""
    return f"{unit} per {each.casefold()}" if each else unit


def currency(name: str) -> str:
    """Return the ISO 4217 code of a currency's name or sign, or its singular where several countries share it."""
    key = name.casefold()
    singular = key if key in CURRENCIES else key.removesuffix("s")
    return CURRENCIES.get(singular, singular)


def _read_sums(match: re.Match[str]) -> Outcome:
    return Reading(
        range_value(match["low"], match.groupdict().get("high")), per(currency(match["sign"]), match["each"])
    )


def _read_pence(match: re.Match[str]) -> Outcome:
    return Reading(range_value(match["low"], None), "pence")


_HOLDS_SIGN = any_of(*"$£€¥₹₽₩₪₺₦₴", *"Rs INR PKR USD EUR GBP AUD CAD NZD JPY CNY RMB CHF".split())
RULES = (
    Rule(_PENCE, _read_pence, DIGIT),
    Rule(_TWO_SUMS, _read_sums, _HOLDS_SIGN),
    Rule(_ONE_SUM, _read_sums, _HOLDS_SIGN),
)
