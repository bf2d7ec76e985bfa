"""Which word of a cue attributes, and how: spoken, written, thought, intended, asked or denied."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from quotecli.attribution.manner.cue_words import WordsAround
from quotecli.attribution.manner.lexicon import ADVERBS, BUNDLES, CARRIERS, DONE, MANNERS, OPEN, UNDONE, WRITINGS, base
from quotecli.records import Manner

_INTO = frozenset("in on via by through".split())
_ENDS = frozenset("about after against as at before for from of over that to when which who with".split())
_NEAR = 5
"""A preposition and its noun are at most so many words apart ("in a New York Times op-ed")."""

_LINKS = frozenset("to from of in".split())
"""What may stand between a verb and the act that it says is not done ("refrain from", "tire of")."""


class Head(NamedTuple):
    """The word that attributes: its manner, its base, and the words of the cue before and behind it."""

    manner: Manner
    base: str
    before: list[str]
    behind: list[str]


def head_of(words: WordsAround) -> Head:
    """Return the first word of the cue that the lexicon knows, or the verb that it governs ("declined to comment")."""
    for place, word in enumerate(words.cue):
        head = _governed(words, place) or _plain(words, place, base(word))
        if head:
            return head
    done = next((place for place, word in enumerate(words.cue) if base(word) in DONE), len(words.cue))
    return _head("said", words, words.cue, done)


def _head(manner: Manner, words: WordsAround, chain: list[str], place: int) -> Head:
    word = base(chain[place]) if place < len(chain) else ""
    return Head(_written(manner, words, place), word, chain[:place], words.cue[place + 1 :])


def _plain(words: WordsAround, place: int, word: str) -> Head | None:
    manner = _manner(word, [*[*words.cue[place + 1 :], *words.after][:2], *words.content[:1]])
    return _head(manner, words, words.cue, place) if manner else None


def _manner(word: str, following: Sequence[str]) -> Manner | None:
    """Return the manner of a word, with a following one where the two belong together ("call for", "make it clear")."""
    together = (MANNERS.get(f"{word}_{each}") for each in following)
    return next(filter(None, together), MANNERS.get(word))


def _governed(words: WordsAround, place: int) -> Head | None:
    """Return the verb behind the word at `place`, if that is one of those that say how far another is done.

    What is not done may stand in the content ("declined [to comment]"); unless the lexicon has it, it is an intention.
    """
    governor = base(words.cue[place])
    undone = governor in UNDONE
    if not (undone or governor in OPEN or governor in CARRIERS):
        return None
    chain = [*words.cue, *(words.content if undone and not words.after else [])]
    at = _verb_behind(chain, place + 1, _LINKS if undone else {"to"}, gerund=governor not in OPEN)
    if at and at < len(words.cue) and (further := _governed(words, at)):
        return further
    manner = at and (_manner(base(chain[at]), chain[at + 1 : at + 2]) or ("intends" if undone else None))
    return _head(manner, words, chain, at) if at and manner else None


def _verb_behind(chain: Sequence[str], place: int, links: Set[str], *, gerund: bool) -> int | None:
    """Return the place of the verb behind "to" (or another of `links`), or of a gerund; adverbs may come between."""
    at = _past_adverbs(chain, place)
    if at < len(chain) and chain[at] in links:
        at = _past_adverbs(chain, at + 1)
    elif not (gerund and at < len(chain) and chain[at].endswith("ing")):
        return None
    return at if at < len(chain) else None


def _past_adverbs(words: Sequence[str], place: int) -> int:
    while place < len(words) and (words[place] in ADVERBS or words[place].endswith("ly")):
        place += 1
    return place


def _written(manner: Manner, words: WordsAround, place: int) -> Manner:
    """Return "wrote" for what is said in a document ("in a letter", "the report states"), or said or found by one."""
    if manner in ("said", "thinks") and _is_writing(words.source):
        return "wrote"
    if manner != "said":
        return manner
    in_front = words.opening if words.opening[:1] and words.opening[0] in _INTO else []
    in_one = any(map(_in_writing, (in_front, [*words.cue, *words.after])))
    return "wrote" if in_one or any(base(noun) in WRITINGS for noun in words.cue[:place]) else "said"


def _is_writing(source: Sequence[str]) -> bool:
    """Whether a source is a document ("a letter from the board", "@anawhitfield"), no name ("the Morning Post")."""
    if source and source[0].startswith("@"):
        return True
    nouns = [""]
    for word in source:
        ends = word in _ENDS or word in _INTO or (len(nouns) > 1 and word.endswith("ed"))
        if ends and (word != "of" or base(nouns[-1]) not in BUNDLES):
            break
        nouns.append(word)
    noun = nouns[-1]
    return base(noun.lower()) in WRITINGS and (noun.islower() or len(source) == 1)


def _in_writing(words: Sequence[str]) -> bool:
    """Whether these words say that it is said in a document ("on Twitter", "in a brief letter")."""
    return any(word in _INTO and _begins_with_writing(words[at + 1 : at + 1 + _NEAR]) for at, word in enumerate(words))


def _begins_with_writing(words: Sequence[str]) -> bool:
    phrase = takewhile(lambda word: word not in _ENDS and word not in _INTO, words)
    return any(base(noun) in WRITINGS for noun in phrase)
