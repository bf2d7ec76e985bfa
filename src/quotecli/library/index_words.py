"""Words as the search sees them: folded (case, accents, quotation marks), with their places and their stems.

A folded word holds only letters, digits and `·` (the decimal point of "1.4", which becomes `1·4`): SQLite's `ascii`
tokenizer leaves such words whole, so that the index and this module agree on what a word is. Numbers are folded to what
they are worth (see `values`).
"""

from __future__ import annotations

import re
import unicodedata
from codecs import charmap_encode
from collections.abc import Iterator, Sequence
from encodings.cp1252 import encoding_table
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotecli.library.values import Value

_WORD = re.compile(
    r"""
      \d+(?:[.,]\d+)*[\w\u0300-\u036f]*                           # 1,400,000  1.4  3bn
    | [^\W\d_](?:\.[^\W\d_])+(?!\w)                               # U.S.  e.g.
    | [\w\u0300-\u036f]+(?:['’ʼ`´][\w\u0300-\u036f]+)*            # don't  O’Brien  Pakistan’s
    | %
    """,
    re.VERBOSE,
)
_UNDECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_POSSESSIVE = re.compile(r"['’ʼ`´]s$")
_JOINTS = b"_.,'`%"
_JOINED = re.compile(rb"[_.,'`](?=[^ .,'`])")
_JOINTS_APART = bytes(ord(" ") if code in _JOINTS else code for code in range(256))

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about after all also an and any are as at be been before but by can could did do does for from had has have he
        her his i if in into is it its me my of on or our said say says she should so than that the their them then
        there these they this to up was we were what when which who will with would you your
        """,
    )
)
"""Words that say little about what a statement is about: they count for little, and alone they are still found. A
negation is none: it turns what is said around."""

_DERIVING_ENDINGS = ("ation", "ition", "ion", "ment", "ness", "er", "or", "al", "ly")
_SHORTEST_ROOT = 4
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


_REWRITTEN = re.compile("[0-9](?:[0-9]{6}|[kmbtp]|·[0-9]*0(?![0-9]))")
_SCALES = frozenset(
    "hundred thousand dozen lakh crore million billion trillion mn mln bn tn trn percent cent pct".split()
)
"""Where neither is among some words, no number is searched by other words than its own."""


def words(text: str, *, numbers: bool = True) -> list[str]:
    """Return the folded words of `text` in their order; `numbers`: those by what they are worth, not as written."""
    found = _words(text)
    if not numbers:
        return found
    for first, end, meant in _numbers(found):
        found[first:end] = meant
    return found


def _numbers(folded: Sequence[str]) -> Sequence[Value]:
    """Return the numbers among folded words that are searched by other words, the last first."""
    if _SCALES.isdisjoint(folded) and not _REWRITTEN.search(" ".join(folded)):
        return ()
    from quotecli.library.values import values  # many texts hold none, and no command needs it to start

    return list(values(folded))[::-1]


def _words(text: str) -> list[str]:
    """Return the folded words of `text` as they are written."""
    plain = _plain(text)
    if plain is None:
        from quotecli.text import visible  # few texts need it, and no command to start

        return [word for piece in visible(text).split() for word in _folded(piece)]
    if b"%" in plain:
        plain = plain.replace(b"%", b" percent ")
    if not _JOINED.search(plain):
        return _apart(plain)
    pieces = plain.decode("ascii").split()
    return [word for piece in pieces for word in ((piece,) if piece.isalnum() else _folded(piece))]


def words_apart(text: str) -> list[str] | None:
    """Return the folded words of `text`, cut at every mark ("don't" is two); None where `_plain` cannot fold it."""
    plain = _plain(text)
    return None if plain is None else _apart(plain)


def _apart(plain: bytes) -> list[str]:
    return plain.translate(_JOINTS_APART).decode("ascii").split()


def _plain(text: str) -> bytes | None:
    """Return a text of ASCII, Latin letters with accents and the usual marks with these folded away; else None.

    What is left between the spaces are words, but for those with a joint inside ("don't", "1.4") or beside them. It is
    a few calls for a whole text, several times as fast as a pattern that finds its words.
    """
    try:
        plain = charmap_encode(text, "strict", encoding_table)[0].translate(_FOLDED_BYTES, _SOFT_HYPHEN)
    except UnicodeEncodeError:
        return None
    return None if _NOT_PLAIN in plain else plain


@lru_cache(maxsize=65536)
def _folded(piece: str) -> tuple[str, ...]:
    return tuple(word for each in _WORD.findall(piece) if (word := fold(each)))


def has_numbers(words: Sequence[str]) -> bool:
    """Say whether one of these folded words is searched for by what it is worth."""
    return any(word[:1].isdigit() for word in words) or not _SCALES.isdisjoint(words)


def placed_words(text: str, *, numbers: bool = True) -> list[tuple[str, int, int]]:
    """Return the folded words of `text` with their offsets: `(word, start, end)`; those of a number with all of it,
    `numbers`: by what it is worth."""
    found = list(_placed(text))
    if not numbers:
        return found
    for first, end, meant in _numbers([word for word, _, _ in found]):
        found[first:end] = [(word, found[first][1], found[end - 1][2]) for word in meant]
    return found


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    if _plain(text) is not None and not any(map(text.__contains__, _ODD)):  # seen as it stands
        yield from ((word, match.start(), match.end()) for match in _WORD.finditer(text) if (word := fold(match[0])))
        return
    from quotecli.text import clean  # few texts need it, and no command to start

    seen = clean(text)
    for match in _WORD.finditer(seen.text):
        if word := fold(match[0]):
            yield word, seen.start(match.start()), seen.end(match.end())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return one word without case, accents, apostrophes and the possessive `'s`; empty if nothing is left."""
    if word == "%":
        return "percent"
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


def kindred(base: str) -> list[str]:
    """Return what those who hold a view are called by the view, and the view by them: "racism" and "racist"."""
    if len(base) < 5 or base[-3:] not in ("ist", "ism"):
        return []
    return [base[:-3] + ending for ending in ("ist", "ists", "ism") if ending[:3] != base[-3:]]


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


def typos_allowed(word: str) -> int:
    """Return how many letters of a word may be wrong: none in the shortest, two in long ones."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


_NOT_PLAIN = b"\0"
_SOFT_HYPHEN = b"\xad"  # nobody sees it
_ODD = ("\u00ad", "\u00a0", "\t", "  ")
"""What of the characters that `_plain` knows is not seen as it stands."""


def _folded_byte(code: int) -> int:
    """Return what a character of Windows-1252 is folded to: a letter, a digit, a joint within words, or a space."""
    character = bytes([code]).decode("cp1252", "replace")
    if character in "’´":
        return ord("'")
    if code in _JOINTS:
        return code
    if character.isdigit() and not character.isdecimal():  # "²" begins no number: `_WORD` must see it
        return _NOT_PLAIN[0]
    folded = fold(character)
    if len(folded) == 1 and folded.isascii():
        return ord(folded)
    return _NOT_PLAIN[0] if character.isalnum() or code in _NOT_PLAIN else ord(" ")


_FOLDED_BYTES = bytes(map(_folded_byte, range(256)))
