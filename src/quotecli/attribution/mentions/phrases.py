"""Noun phrases that say what somebody is: their head, their words, whether they mean a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    ARTICLES,
    DETERMINERS,
    DOCUMENTS,
    NO_VERBS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    REMEMBERED,
    ROLE_ENDS,
    ROLE_TITLES,
    fold,
    role_word,
)
from quotecli.records import Span
from quotecli.text.spaces import end_before

WORD = re.compile(r"[\w&$£€]+(?:['’‑./-]\w+)*['’]?\.?")
_PERSON_ENDINGS = tuple("er or ist ian man woman person eer ee ant ent ess ive ic mate".split())
_LOOSE_END = re.compile(r"(?: (?:and|or|of|for|the|a|in|at|but|as|with|to|on))+$")
_NOW = re.compile(r"\A(?:now|currently) (?:the |a |an )?(?=\w)")


@dataclass(frozen=True)
class Role:
    """What someone is: the words, and their place in the text."""

    text: str
    start: int
    end: int


@lru_cache(REMEMBERED)
def role_words(phrase: str) -> frozenset[str]:
    """Return the comparable words of a role or a description, small words left out, abbreviations spelt out."""
    found: set[str] = set()
    for word in WORD.findall(phrase):
        found.update(_spelt_out(fold(word).removesuffix("'s")))
    return frozenset(found - ROLE_ENDS)


def _spelt_out(word: str) -> Iterator[str]:
    return map(role_word, ABBREVIATIONS.get(word, (word, *word.split("-"))))


@lru_cache(REMEMBERED)
def role_heads(phrase: str) -> frozenset[str]:
    """Return what a role's head noun says, in comparable form: "co-chair" is also "chair"."""
    return frozenset(_spelt_out(head_of(phrase)))


_BEHIND_BODY = re.compile(r"(?:(?:[Aa]n?|[Tt]he) )?[A-Z][^,;:(]* [A-Z][\w’'&-]* ([a-z]+)")
"""A body's name and the person's noun that it modifies: "a Ministry of Ports spokeswoman"."""
_BEHIND_HEAD = frozenset("here there nearby today alike else alone himself herself itself themselves".split())
_ENDS_HEAD = PREPOSITIONS | {"who", "which", "that", "whose", "where", "and"}


def head_of(phrase: str) -> str:
    """Return the folded head noun of a noun phrase: the last word before a preposition, a clause or a comma."""
    behind = _BEHIND_BODY.fullmatch(phrase)
    if behind is not None and behind[1] in PERSON_WORDS:
        return behind[1]
    head = ""
    matches = list(WORD.finditer(phrase))
    for match, following in zip_longest(matches, matches[1:]):
        word = fold(match[0])
        head = "" if head.endswith(("'s", "s'")) else head
        if word in ARTICLES or (word == "and" and head and head not in PERSON_WORDS):
            continue  # "audio and resources producer"
        if head and (word in _ENDS_HEAD or match[0] in _BEHIND_HEAD or _is_verb(head, word, following)):
            break
        head = word
        if phrase[match.end() : match.end() + 1] in (",", ";", ":", "("):
            break
    return head.removesuffix("'s").removesuffix("'")


def _is_verb(head: str, word: str, following: re.Match[str] | None) -> bool:
    """Whether a word describes the noun before it: "a lawsuit filed by", "the man leading"."""
    behind_noun = head in DOCUMENTS or head in PERSON_WORDS
    linked = following is not None and fold(following[0]) in PREPOSITIONS
    participle = word.endswith(("ed", "itten", "awn", "sent")) and (behind_noun or linked)
    return word not in NO_VERBS and (word.endswith("ing") or participle)


def names_person(phrase: str, by_ending: bool = False) -> bool:
    """Whether a noun phrase is headed by a word for a person; `by_ending`: a noun that ends like one counts, too."""
    head = head_of(phrase)
    noun = noun_of(head)
    known = any(word in PERSON_WORDS for word in (head, noun, noun.removesuffix("s")))
    return known or (by_ending and head.endswith(_PERSON_ENDINGS) and not head.endswith("ment"))


def noun_of(word: str) -> str:
    """Return the noun of a compound: of "father-of-four", "president-elect", "deputy-chairman"."""
    return word.partition("-of-")[0].removesuffix("-elect").removesuffix("-designate").rpartition("-")[2]


def is_person_word(word: str) -> bool:
    """Whether a folded word says what a person is ("minister", "vice-president", "Sen."); not "co-operative"."""
    if "-" in word and word in ORGANISATION_WORDS:
        return False
    return any(one in ROLE_TITLES or one in PERSON_WORDS for one in (word, noun_of(word)))


_MARKED = re.compile(r"“[^“”]+”|‘[^‘’]+’|\"[^\"]+\"")


def make_role(text: str, start: int, end: int) -> Role | None:
    """Return the role whose words stand at [`start`, `end`), None where these say none."""
    shown = " ".join(text[start:end].split()).strip(" ,;:'’-–—")
    titled = _MARKED.search(shown) is not None and _MARKED.fullmatch(shown) is None  # the author of “Jaws”
    shown = shown if titled else shown.strip(' “”"‘')
    shown = _NOW.sub("", _LOOSE_END.sub("", shown))
    cut = shown.count("(") != shown.count(")")  # "Cllr Mo Salt (Green, | Ashwell)"
    return Role(shown, start, end) if len(shown) > 1 and not cut else None


def noun_phrase_before(text: str, offset: int, earliest: int) -> Span | None:
    """Return the noun phrase that ends at `offset` (before "who"): back to its article, a verb or punctuation."""
    end = end_before(text, offset, " ,—–\u00a0")
    start = end
    for match in reversed(list(WORD.finditer(text, max(earliest, end - _LONGEST), end))):
        gap = text[match.end() : start]
        word = fold(match[0])
        if gap.strip() or word in _NOT_IN_PHRASE:
            break
        start = match.start()
        if word in _FIRST and not text.endswith((" of", " in", " for"), 0, end_before(text, start)):
            break
    led = _LED.match(text, start, end)  # "because | of the courts"
    start = led.end() if led else start
    return Span(start, end) if start < end else None


_FIRST = (ARTICLES | POSSESSIVES | DETERMINERS) - {"this", "that"}
_LONGEST = 90  # characters of a noun phrase
_LED = re.compile(r"(?:of|in|for|from|at|been) ")
_NOT_IN_PHRASE = (
    PREPOSITIONS.difference(("of", "in", "for", "from", "at"))
    | RELATIVES
    | frozenset("and or but if though although because while is are was were has have had said told by with".split())
)
