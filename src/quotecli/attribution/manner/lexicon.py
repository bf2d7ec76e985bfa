"""The words that manners are recognised by: `lexicon.txt` beside this module, and how a word is looked up in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from quotecli.records import Manner
from quotecli.word_lists import read_sections

_SECTIONS = read_sections("attribution", "manner", "lexicon.txt")
_DOUBLED = frozenset("bdgklmnprtz")
REMEMBERED = 20_000
"""How many words' bases are kept: those of many articles, less than a corpus's."""


def _list(section: str) -> frozenset[str]:
    return frozenset(" ".join(_SECTIONS[section]).split())


MANNERS: dict[str, Manner] = {word: manner for manner in get_args(Manner) for word in _list(manner)}
_IRREGULAR = dict(form.split(":") for form in _list("irregular"))
DONE = _list("done")
WRITINGS = _list("writings")
BUNDLES = _list("bundles")
NEGATORS = _list("negators")
NOT_REALLY_NEGATORS = _list("not_really_negators")
UNDONE = _list("undone")
OPEN = _list("open")
CARRIERS = _list("carriers")
MODALS = _list("modals")
ADVERBS = _list("auxiliaries") | NEGATORS
HABITS = _list("habits")
WISHES = _list("wishes")
CONDITIONS = _list("conditions")
NOBODY = _list("nobody")
_KNOWN = {word.partition("_")[0] for word in MANNERS} | DONE | BUNDLES | UNDONE | OPEN | CARRIERS | WRITINGS


@lru_cache(REMEMBERED)
def base(word: str) -> str:
    """Return the base of a lower-case word as the lists have it ("denied": "deny"); the word itself if they do not."""
    if word in _KNOWN:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return next((each for each in _bases(word) if each in _KNOWN), word)


def _bases(word: str) -> Iterator[str]:
    """Yield what `word` may be a form of: by the endings of plurals, of the third person, of "-ed" and "-ing"."""
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem
            if ending == "ing":
                yield stem + "e"
            if ending in ("ed", "ing") and stem[-2:-1] == stem[-1:] and stem[-1:] in _DOUBLED:
                yield stem[:-1]
