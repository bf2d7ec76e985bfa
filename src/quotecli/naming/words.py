"""Words of names that can be compared across articles and outlets: letters and digits only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quotecli.naming.lexicon import PARTICLES, REMEMBERED

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´.&][^\W_]+)*")
_UNDECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_POSSESSIVE = re.compile(r"['’ʼ`´]s$")
SMALL = frozenset(["and", "for", "in", "of", "on", "the", "to"])


@lru_cache(REMEMBERED)
def flat(word: str) -> str:
    """Return one word without case, accents, marks and the possessive `'s`; empty if nothing is left."""
    folded = _POSSESSIVE.sub("", word.casefold()).translate(_UNDECOMPOSED)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(character for character in folded if character.isalnum())


def flat_words(text: str) -> list[str]:
    """Return the flat words of a name in their order."""
    return [folded for word in _WORD.findall(unicodedata.normalize("NFC", text)) if (folded := flat(word))]


def is_small(word: str) -> bool:
    """Whether a flat word of a name says little: "of", "von"."""
    return word in SMALL or word in PARTICLES
