"""Words as the search sees them: folded (case, accents, quotation marks), with their places and their stems.

A folded word holds only letters, digits and `·` (the decimal point of "1.4", which becomes `1·4`): SQLite's `ascii`
tokenizer leaves such words whole, so that the index and this module agree on what a word is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(
    r"""
      \d+(?:[.,]\d+)*[\w\u0300-\u036f]*                           # 1,400,000  1.4  3bn
    | [^\W\d_](?:\.[^\W\d_])+(?!\w)                               # U.S.  e.g.
    | [\w\u0300-\u036f]+(?:['’ʼ`´][\w\u0300-\u036f]+)*            # don't  O’Brien  Pakistan’s
    """,
    re.VERBOSE,
)
_UNDECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_POSSESSIVE = re.compile(r"['’ʼ`´]s$")

_APART = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "_.,'`"}
"""ASCII characters that never stand within a word: a text falls apart at them faster than a pattern finds its words."""
_COMMON_MARKS = "“”‘–—…£€"

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about after all also an and any are as at be been before but by can could did do does for from had has have he
        her his i if in into is it its me my no not of on or our she should so than that the their them then there these
        they this to up was we were what when which who will with would you your
        """,
    )
)
"""Words that say little about what a statement is about: they count for little, and alone they are still found."""

_DERIVING_ENDINGS = ("ation", "ition", "ion", "ment", "ness", "er", "or", "al", "ly")
_SHORTEST_ROOT = 4
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def words(text: str) -> list[str]:
    """Return the folded words of `text` in their order."""
    plain = text.replace("’", "'")
    if not plain.isascii():
        for mark in _COMMON_MARKS:
            plain = plain.replace(mark, " ")
    if not plain.isascii():
        return list(_folded(text))
    found: list[str] = []
    for piece in plain.lower().translate(_APART).split():
        if piece.isalnum():
            found.append(piece)
        else:
            found += _folded(piece)
    return found


@lru_cache(maxsize=65536)
def _folded(piece: str) -> tuple[str, ...]:
    return tuple(word for each in _WORD.findall(piece) if (word := fold(each)))


@lru_cache(maxsize=16384)
def words_around(surroundings: str) -> tuple[str, ...]:
    """Return the folded words of what stands beside a statement: the same speakers and outlets stand beside many."""
    return tuple(words(surroundings))


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words of `text` with their offsets: `(word, start, end)`."""
    return [(folded, *match.span()) for match in _WORD.finditer(text) if (folded := fold(match[0]))]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return one word without case, accents, apostrophes and the possessive `'s`; empty if nothing is left."""
    folded = _POSSESSIVE.sub("", word.casefold())
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded.translate(_UNDECOMPOSED)).casefold()
        folded = "".join(character for character in decomposed if not unicodedata.combining(character))
    if folded[:1].isdigit():
        folded = folded.replace(".", "·")
    return "".join(character for character in folded if character.isalnum() or character == "·")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the forms of a word share: "refugee" and "refugees", "evict", "evicts", "evicted" and "evicting".

    A light stemmer (the endings of plurals and of regular verbs): it joins forms of one word and leaves derived words
    ("eviction") to the prefix search.
    """
    if len(word) < 4 or word == "news" or not word.isalpha() or not word.isascii():
        return word
    return _without_ending(word).removesuffix("e") if not word.endswith("ss") else word


def forms(base: str) -> list[str]:
    """Return all that `stem` makes `base` of, words or not."""
    endings = ["", "e", "s", "es", "ed", "eed", "eeed", "ing", "eing", "eeing", base[-1:] + "ed", base[-1:] + "ing"]
    made = [base + ending for ending in endings]
    if base.endswith("y"):
        made += [base[:-1] + "ies", base[:-1] + "ied"]
    return [form for form in made if stem(form) == base]


def root(word: str) -> str:
    """Return the beginning that a word shares with those derived like it: "pollution" and "polluted", "worker" and
    "working"; the word's stem if it has no such ending, or if little is left without it."""
    own = stem(word)
    for ending in _DERIVING_ENDINGS:
        if own.endswith(ending) and len(own) - len(ending) >= _SHORTEST_ROOT:
            return own[: -len(ending)]
    return own


def _without_ending(word: str) -> str:
    for ending, replacement in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", "")):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and _has_vowel(root):
            return root + replacement if replacement else _undoubled(root)
    if word.endswith(("xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "is", "ss")) else word


def _has_vowel(root: str) -> bool:
    return any(letter in "aeiouy" for letter in root)


def _undoubled(root: str) -> str:
    return root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root


def one_typo(word: str) -> set[str]:
    """Return what becomes of `word` when one letter is inserted, left out, replaced, or swapped with the next."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = _LETTERS.union(word)
    found = {before + after[1:] for before, after in cuts[:-1]}
    found.update(before + after[1] + after[0] + after[2:] for before, after in cuts[:-2])
    found.update(before + letter + after for before, after in cuts for letter in letters)
    found.update(before + letter + after[1:] for before, after in cuts[:-1] for letter in letters)
    return found
