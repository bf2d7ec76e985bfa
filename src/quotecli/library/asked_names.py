"""Which words of a query are names: who asks for a name wants nothing without it.

Whether a word is one, the library's own sentences tell: a name has a capital within them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import islice, pairwise

import msgspec

from quotecli.library.index_words import words
from quotecli.library.packing import restored
from quotecli.library.together import Texts
from quotecli.library.vocabulary import Term

_LOOKED_AT, _LOOKED_AT_WELL = 8, 40
"""So many statements with a word tell how it is written."""
_NAMES_LOOKED_AT = 20
_SELDOM = 12
"""A word that is written small less often is a name, but for a slip."""
_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’«»–—"


def capitalised(query: str) -> frozenset[str]:
    """Return the folded words that a query writes with a capital; none where that may only be its beginning, or the way
    it is written."""
    pieces = [piece.lstrip("\"'“‘«(-") for piece in query.split()]
    with_capital = [piece for piece in pieces[1:] if piece[:1].isupper()]
    if len(with_capital) == len(pieces) - 1 > 1:
        return frozenset()
    return frozenset(word for piece in with_capital for word in words(piece))


class Names(msgspec.Struct, frozen=True):
    """Which words of a query are names.

    required: without which nothing answers it: numbers, and those of people's names, else those of other names.
    persons: those of people's names.
    """

    required: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


def names_of(library: Texts, terms: Mapping[str, Term], capitals: Set[str]) -> Names:
    """Return which words of a query are names.

    terms: what each of its words means here; capitals: what the query capitalises.
    """
    names = [word for word, term in terms.items() if _is_name(library, word, term, capitals)]
    numbers = [word for word in terms if word[0].isdigit()]
    unknown = [word for word in (*names, *numbers) if not terms[word].likeness]
    persons = tuple(word for word in names if word not in unknown and is_persons(library, _likest(terms[word])))
    return Names(tuple(unknown) or (*numbers, *(persons or names)), persons)


def is_common(library: Texts, word: str) -> bool:
    """Say whether a word that stands in names is often written small, too: "wall", not "trump"."""
    written = list(_written(library, word, _LOOKED_AT_WELL))
    return not all(written) and len(written) <= _SELDOM * written.count(False)


def _likest(term: Term) -> str:
    return max(term.likeness, key=lambda other: (term.likeness[other], term.counts[other]))


def _is_name(library: Texts, word: str, term: Term, capitals: Set[str]) -> bool:
    if not word.isalpha():
        return False
    if not term.likeness:
        return word in capitals and not _is_common_title(word)
    written = list(_written(library, _likest(term)))
    if not written:
        return (word in capitals or is_persons(library, _likest(term))) and not _is_common_title(word)
    return 2 * sum(written) > len(written) and not _is_common_title(word)


def _is_common_title(word: str) -> bool:
    """Say whether it is a day, a month or a title: they have capitals and are nobody's name."""
    from quotecli.naming.lexicon import DAYS_AND_MONTHS, HONORIFICS, ROLE_TITLES  # a long list, for few words

    return word in DAYS_AND_MONTHS or word in HONORIFICS or word in ROLE_TITLES


def _written(library: Texts, word: str, most: int = _LOOKED_AT) -> list[bool]:
    """Return for some places of a word within sentences whether it has a capital there."""
    rows = library.execute(
        "SELECT s.text FROM search CROSS JOIN statement s ON s.id = search.rowid WHERE search MATCH ? LIMIT ?",
        (f'text : "{word}"', most),
    )
    return [capital for (text,) in islice(rows, most) for capital in _capitals(restored(text) or "", word)]


def _capitals(text: str, word: str) -> Iterator[bool]:
    """Yield for each place of a word behind another one whether it has a capital there."""
    for before, piece in pairwise(text.split()):
        bare = piece.strip(_MARKS)
        if _goes_on(before[-1]) and bare[: len(word)].lower() == word and not bare[len(word) :][:1].isalnum():
            yield bare[0].isupper()


def _goes_on(last: str) -> bool:
    """Say whether a sentence goes on behind a word that ends so."""
    return last in ",;" or (last.isascii() and last.isalnum())


def is_persons(library: Texts, word: str) -> bool:
    """Say whether people who speak have this word in their full names, at the beginning or the end."""
    rows = library.execute(
        "SELECT n.text FROM name_word w JOIN name n ON n.id = w.name WHERE w.word = ?"
        " AND EXISTS (SELECT 1 FROM voice v WHERE v.name = n.text AND v.type = 'person') LIMIT ?",
        (word, _NAMES_LOOKED_AT),
    )
    names = (words(restored(name) or "") for (name,) in islice(rows, _NAMES_LOOKED_AT))
    return any(len(name) > 1 and word in (name[0], name[-1]) for name in names)
