"""Roles that stand as titles before a name: "Interim foreign minister NAME"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.mentions.phrases import Role, is_person_word, make_role
from quotecli.naming.lexicon import (
    DAYS_AND_MONTHS,
    HONORIFICS,
    NO_VERBS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PREPOSITIONS,
    ROLE_ENDS,
    ROLE_TITLES,
    ends_like_calling,
    fold,
)

REACH = 140  # how far to the left of a name a role may begin, in characters
_LEFT = re.compile(r"[\w&]+(?:['’‑./-]\w+)*['’]?\.?")
_PASSED_OVER = re.compile(r"[ \u00a0]?[()]{0,2}[ \u00a0]?")
_LINKS = frozenset(("of", "for", "and", "the", "&", "at", "in", "on"))
_VERB_ENDINGS = ("ed", "ing", "ly")
_ADDRESS = HONORIFICS - ROLE_TITLES
"""What people are called and are not: "Mr", "Dr"."""
_TITLE_IN_MARKS = re.compile(r"(?:“[^“”\n]{1,40}\w”|‘[^‘’\n]{1,40}\w’|\"[^\"\n]{1,40}\w\") \Z")  # “Parasite” director
_BEFORE_TITLES = frozenset(
    "former interim acting retired deputy vice state county city town district shadow then new late top first".split()
)


def role_before(text: str, start: int, earliest: int = 0) -> Role | None:
    """Return the role that stands as a title before the name at `start` ("Interim foreign minister").

    earliest: where the name of the person named before ends.
    """
    words = words_before(text, start)
    head = _title_head(words)
    if head is None:
        return None
    first = _extend(words, head, earliest)
    begin = words[first].start()
    titled = _TITLE_IN_MARKS.search(text, max(0, begin - REACH), begin) if first == len(words) - 1 else None
    end = next(m.end() for m in words if fold(m[0]) not in _ADDRESS)
    return make_role(text, titled.start() if titled else begin, end)


def words_before(text: str, start: int) -> list[re.Match[str]]:
    """Return the words directly before `start`, nearest first, up to punctuation (brackets are passed over)."""
    found: list[re.Match[str]] = []
    at = start
    for match in reversed(list(_LEFT.finditer(text, max(0, start - REACH), start))):
        stops = match[0].endswith(".") and not _abbreviates(match[0])
        if stops or not _PASSED_OVER.fullmatch(text, match.end(), at):
            break
        found.append(match)
        at = match.start()
    return found


def _abbreviates(word: str) -> bool:
    """Whether the dot at the word's end is no end of a sentence: "U.S.", "J.", "Sen."."""
    return word.count(".") > 1 or len(word) == 2 or fold(word) in HONORIFICS


def _title_head(words: Sequence[re.Match[str]]) -> int | None:
    """Return the index of the word for a person that heads the title: the nearest one, or one with "of" after it."""
    beside = True  # nothing but titles between the word and the name
    linked = False
    for i, word in enumerate(fold(match[0]) for match in words[:10]):
        if word in _ADDRESS:
            continue
        opening = len(words) == 1 and words[0][0][0].isupper() and ends_like_calling(word)  # "Grazier NAME"
        if (opening or is_person_word(word)) and (linked or beside):
            return i
        if word in _LINKS:
            if beside:
                return None  # "of NAME": the name belongs to the phrase, not the phrase to the name
        elif word in ROLE_ENDS:
            return None
        beside = beside and word in HONORIFICS
        linked = word in ("of", "for", "at")
    return None


def _extend(words: Sequence[re.Match[str]], head: int, earliest: int) -> int:
    """Return the index of the role's first word, going left from its head over what describes it.

    No "and" joins it to another person's name, which ends at `earliest`.
    """
    first = head
    for i in range(head + 1, min(len(words), head + 9)):
        raw = words[i][0]
        if fold(raw) in _LINKS:
            if not _joins(words, i, head, earliest):
                break
        elif (raw.isupper() and len(raw) > 1) or not _ends_role(words, i):  # "US", "IT": no pronouns
            first = i
        else:
            break
    return first


def _joins(words: Sequence[re.Match[str]], i: int, head: int, earliest: int) -> bool:
    """Whether the "of" or "and" at `i` joins what is left of it to the role: "Director of Public Works NAME"."""
    if i + 1 == len(words):
        return False
    left, right = words[i + 1][0], words[i - 1][0]
    if left[:1].isupper() and (right[:1].isupper() or right == "former"):
        return words[i + 1].end() > earliest
    things = left.islower() and left not in PERSON_WORDS and left not in ROLE_ENDS
    return words[i][0] == "and" and i - 1 > head and things  # "the water and sanitation minister NAME"


def _ends_role(words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether the word at `i` is no part of the role on its right: a small word, a verb, a title of its own."""
    raw, word, right = words[i][0], fold(words[i][0]), words[i - 1][0]
    day = word in DAYS_AND_MONTHS and i + 1 < len(words) and fold(words[i + 1][0]) in PREPOSITIONS
    if word in ROLE_ENDS or day:
        return True  # "on Tuesday | Foreign Secretary NAME", but "Sheffield Wednesday manager NAME"
    if word in _ADDRESS and is_person_word(fold(right)):
        return True  # "Mr President"
    if not raw[:1].islower() or "-" in word:
        return False
    if right[:1].isupper() and not (word in ORGANISATION_WORDS or word in PERSON_WORDS or word in _BEFORE_TITLES):
        return True  # "save | Rep. NAME", "poster launch | Tory co-chairman NAME"
    return word.endswith(_VERB_ENDINGS) and word not in NO_VERBS
