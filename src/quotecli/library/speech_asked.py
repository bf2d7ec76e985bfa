"""What a query asks of one speaker: "what did X say about Y", "has X commented on Y", "X on Y"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from quotecli.library import conditions
from quotecli.library.asked_names import is_persons
from quotecli.library.filters import Filters
from quotecli.library.index_words import words
from quotecli.library.reading import Reader
from quotecli.library.together import Source, texts_of

_AUXILIARIES = frozenset("did does do has have had".split())
_SAYING = frozenset(
    """
    say says said think thinks thought tell told talk talks talked speak spoke spoken comment commented tweet tweeted
    claim claimed call called mention mentioned respond responded react reacted
    """.split()
)
_VIEWS = frozenset(
    "position positions view views stance opinion comment comments remarks statements response reaction".split()
)
_WORDS = frozenset("words quotes quotations statements comments remarks claims".split())
_ABOUT = frozenset("about on of to regarding concerning that anything something publicly".split())
_EVER = frozenset("ever really actually".split())
_NO_NAMES = _AUXILIARIES | _SAYING | _ABOUT | frozenset("not never be been he she it they we you i who what".split())
_MOST_WORDS = 6
_BY = frozenset("by from of".split())
_MARKS = '"“”„«»-−'
"""What a phrase, or a word that must not occur, begins with."""


class Asked(msgspec.Struct, frozen=True):
    """Who is asked, as a person would type the name or the office, and about what; empty: about anything."""

    speaker: str
    about: str


class Speech(msgspec.Struct, frozen=True):
    """Whose words are asked for: the libraries with the statements of this speaker, and about what they are to be."""

    asked: Asked
    sources: list[Source]


def asked_of(query: str) -> Asked | None:
    """Return who a query asks for, and about what; None where its form does not say that it asks for somebody."""
    words = query.strip(" ?").split()
    plain = [word.casefold() for word in words]
    if not words:
        return None
    if plain[0] in ("what", "how"):
        return _said(words[2 if plain[1:2] and plain[1] in _AUXILIARIES else 1 :])
    if plain[0] in _AUXILIARIES:
        found = _said(words[1:])
        return found if found and found.about else None
    if plain[0] in _WORDS and plain[1:2] and plain[1] in _BY:
        return _parted(words[2:], frozenset({"about", "on"}))
    return _view(words, plain)


def _said(words: Sequence[str]) -> Asked | None:
    """Return who is asked for by "X say about Y"."""
    said = [word for word in words if word.casefold() not in _EVER]
    return None if _SAYING.isdisjoint(word.casefold() for word in said) else _parted(said, _SAYING)


def _view(words: Sequence[str], plain: Sequence[str]) -> Asked | None:
    """Return who is asked for by "X's position on Y"."""
    for place, word in enumerate(plain[:-2]):
        if word.endswith(("'s", "’s", "s'", "s’")) and plain[place + 1] in _VIEWS and plain[place + 2] in _ABOUT:
            return _asked([*words[:place], words[place].rstrip("s")[:-1]], words[place + 2 :])
    return None


def _parted(words: Sequence[str], at: frozenset[str]) -> Asked | None:
    """Return what stands before and behind the first of these words."""
    place = next((place for place, word in enumerate(words) if word.casefold() in at), len(words))
    return _asked(words[:place], words[place + 1 :])


def _asked(speaker: Sequence[str], about: Sequence[str]) -> Asked | None:
    if speaker and speaker[0].casefold() == "the":
        speaker = speaker[1:]
    while about and about[0].casefold() in _ABOUT:
        about = about[1:]
    if (
        not 0 < len(speaker) <= _MOST_WORDS
        or speaker[0][0] in _MARKS
        or not _NO_NAMES.isdisjoint(word.casefold() for word in speaker)
    ):
        return None
    return Asked(" ".join(speaker), " ".join(about))


def speech_asked(readers: Sequence[Reader], filters: Filters, query: str) -> Speech | None:
    """Return whose words a query asks for, of the statements that `filters` ask for; None where it asks for nobody's,
    where nobody who speaks is called so, or where the filters name a speaker already.

    "Obama on guns" asks for Obama's words only because somebody of that name speaks: "ban on guns" asks for nobody's.
    """
    if filters.speaker is not None:
        return None
    asked = asked_of(query)
    if asked is None and (short := _parted(query.strip(" ?").split(), frozenset({"on"}))) and short.about:
        library = texts_of([each.connection for each in readers])
        asked = short if all(is_persons(library, word) for word in words(short.speaker)) else None
    if asked is None:
        return None
    sources = conditions.said_by(readers, filters, asked.speaker)
    return Speech(asked, sources) if sources else None
