"""Names as words: what a name is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quotecli.naming.lexicon import ARTICLES, HONORIFICS, REMEMBERED, SMALL_WORDS, fold

NameWords = tuple[str, ...]

WORD = re.compile(r"[\w.&]+(?:['’ʼ‑-][\w.]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
NICKNAME = re.compile(r"(?<=\S)\s+\(?[“\"‘'(][^”\"’')]{1,20}[”\"’')]\)?(?=\s)")

EXACT, SHORTER, LOOSE = 4.0, 3.0, 1.0
"""How well a form fits a name: all of it; a surname, an acronym or most of it; some other part."""


@lru_cache(REMEMBERED)
def name_words(text: str) -> NameWords:
    """Return the folded words of a name, without titles, articles, nicknames and possessive endings."""
    found = [fold(word).removesuffix("'s") for word in WORD.findall(NICKNAME.sub(" ", text))]
    while len(found) > 1 and (found[0] in HONORIFICS or found[0] in ARTICLES):
        del found[0]
    return tuple(word for word in found if word)


def is_misspelt(word: str, other: str) -> bool:
    """Whether two words that begin alike differ by one letter: changed, left out, added, or two that are swapped."""
    from rapidfuzz.distance import OSA  # only where nobody has the name

    return word[:1] == other[:1] and OSA.distance(word, other, score_cutoff=1) == 1


def name_parts(words: NameWords) -> set[str]:
    """Return what a name may share with another form of it: its words, their hyphenated parts, its acronym."""
    found = {part for word in words for part in ((word, *word.split("-")) if "-" in word else (word,))}
    if len(words) > 2:
        for main in (words, [word for word in words if word not in SMALL_WORDS]):  # "DOJ", "FDA"
            letters = "".join(word[0] for word in main)
            found.update((letters, letters[1:], letters[:3], letters[1:4]))  # "CDC" leaves out Prevention
    return found


def display(text: str, span: Sequence[int]) -> str:
    """Return the words of a span as a name is shown: on one line, without possessive ending, loose punctuation and the
    brackets of what an editor put in ("[Ann] Lee")."""
    shown = " ".join(text[span[0] : span[1]].replace("]", "").split()).strip(" \t,;:–—-")
    return _POSSESSIVE.sub("", shown)
