"""Texts without capital letters, as some corpora keep them: capitals are put back where names are likely.

A name is what the model takes for one, what follows a title or a first name, and who speaks under no common noun; what
is a name once is one wherever it stands. The letters change, their number and places do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from quotecli.naming.lexicon import (
    COLLECTIVES,
    DAYS_AND_MONTHS,
    DOCUMENTS,
    NOBODY,
    ORGANISATION_HEADS,
    PLURAL_PEOPLE,
    PRONOUNS,
    SMALL_WORDS,
    fold,
    is_calling,
    is_first_name,
)
from quotecli.records import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:\A|\n|(?<![\s.]\w)[.!?][\"'”’»)\]]*\s)\s*[\"'“‘«(\[]*\s?([^\W\d_])")
_I = re.compile(r"(?<![\w’'])i(?=['’](?:m|ve|d|ll)\b|[\s,.])")
_ABBREVIATED = frozenset("mr mrs ms mx dr prof rev sen rep gov gen col lt sgt capt sir lady lord dame".split())
_TITLE_END = re.compile(r" ?\.? ")
_MOST_WORDS = 3
_SHORTEST_ALONE = 4  # letters of a name that is one wherever it stands

_COMMON = SMALL_WORDS | COLLECTIVES | DOCUMENTS | ORGANISATION_HEADS | PLURAL_PEOPLE | PRONOUNS | NOBODY
_COMMON |= frozenset("you one some many others people not".split())


def with_capitals(text: str, names: Iterable[Span], sources: Iterable[Span]) -> str:
    """Return a text without capitals with those that sentences and names have.

    names: what is taken for names; sources: the words for those who speak.
    """
    letters = list(text)
    known = [span for span in names if not _COMMON.issuperset(_words(text, span))]
    known += [span for source in sources if _is_name(text, span := _in_front(text, source))]
    known += _behind_titles(text)
    known += list(_again(text, known))
    places = {match.start(1) for match in _SENTENCE_START.finditer(text)} | {m.start() for m in _I.finditer(text)}
    for span in known:
        words = _WORD.finditer(text, span.start, span.end)
        places.update(match.start() for match in words if fold(match[0]) not in SMALL_WORDS)
    places.update(m.start() for m in _WORD.finditer(text) if m[0] in DAYS_AND_MONTHS and m[0] not in ("may", "march"))
    for place in places:
        capital = letters[place].upper()
        letters[place] = capital if len(capital) == 1 else letters[place]
    return "".join(letters)


def _words(text: str, span: Span) -> list[str]:
    return [fold(match[0]) for match in _WORD.finditer(text, span.start, span.end)]


def _in_front(text: str, source: Span) -> Span:
    """Return the words for a speaker without what a comma sets behind them ("ann lee, a nurse")."""
    comma = text.find(",", source.start, source.end)
    return source if comma < 0 else Span(source.start, comma)


def _is_name(text: str, source: Span) -> bool:
    """Whether the words for a speaker can only be a name: few, and none of them common."""
    words = _words(text, source)
    callings = (word for word in words if is_calling(word) or is_calling(word.removesuffix("s")))
    return 0 < len(words) <= _MOST_WORDS and _COMMON.isdisjoint(words) and not any(callings)


def _behind_titles(text: str) -> Iterator[Span]:
    """Yield each title with the word behind it, and each first name."""
    words = list(_WORD.finditer(text))
    for match, following in pairwise(words):
        word = fold(match[0])
        if word in _ABBREVIATED and _TITLE_END.fullmatch(text, match.end(), following.start()):
            yield Span(match.start(), match.end() if fold(following[0]) in _COMMON else following.end())
        elif is_first_name(word):
            yield Span(*match.span())


def _again(text: str, known: Sequence[Span]) -> Iterator[Span]:
    """Yield where the names, or their last words, stand again."""
    names = {text[span.start : span.end] for span in known}
    alone = {name.split()[-1] for name in names if " " in name} | {name for name in names if " " not in name}
    wanted = {word for word in alone if len(word) >= _SHORTEST_ALONE and fold(word) not in _COMMON}
    for match in _WORD.finditer(text):
        if match[0].removesuffix("'s").removesuffix("’s") in wanted:
            yield Span(*match.span())
