"""Noun phrases that say what somebody is: their head, their words, whether they mean a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    ARTICLES,
    DOCUMENTS,
    NO_VERBS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PREPOSITIONS,
    ROLE_ENDS,
    ROLE_TITLES,
    fold,
    is_calling,
    is_plural,
    role_word,
    singular,
)

WORD = re.compile(r"[\w&$£€]+(?:['’‑./-]\w+)*['’]?\.?")
_PERSON_ENDINGS = tuple("er or ist ian man woman person eer ee ant ent ess ive ic mate".split())
_LOOSE_END = re.compile(r"(?: (?:and|or|of|for|the|a|in|at|but|as|with|to|on))+$")
_WHEN = re.compile(r"(?:Last|This) (?:night|week|month|year|morning|evening|\w+day) ")
_NOW = re.compile(r"\A(?:now|currently) (?:the |a |an )?(?=\w)")


@dataclass(frozen=True)
class Role:
    """What someone is: the words at their place in the text, and what they can be recognised by."""

    text: str
    start: int
    end: int

    @cached_property
    def words(self) -> frozenset[str]:
        """All the role's words in comparable form, abbreviations spelt out too."""
        return role_words(self.text)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The nouns that say what the person is: "president", "co-chair"."""
        return role_heads(self.text)


_PERSONS = frozenset(role_word(word) for word in PERSON_WORDS.listed)


def role_words(phrase: str) -> frozenset[str]:
    """Return the comparable words of a role or a description, small words left out."""
    found: set[str] = set()
    for word in WORD.findall(phrase):
        folded = fold(word).removesuffix("'s").removesuffix("'")
        for part in ABBREVIATIONS.get(folded, (folded, *folded.split("-")) if "-" in folded else (folded,)):
            found.add(role_word(part))
    return frozenset(found - ROLE_ENDS)


def role_heads(phrase: str) -> frozenset[str]:
    """Return the words for a person that head a role, in comparable form: not those behind "of" or before "'s"."""
    found: set[str] = set()
    skipping = False
    for word in WORD.findall(_owned(phrase)):
        folded = fold(word)
        if folded in PREPOSITIONS or folded == "and":
            skipping = folded != "and"
        elif not skipping:
            if folded.endswith(("'s", "s'")):
                found.clear()
            else:
                found.update(map(role_word, ABBREVIATIONS.get(folded, (folded, *folded.split("-")))))
    heads = frozenset(found & _PERSONS) | _initials(phrase)
    return heads | {role_word(head_of(phrase))}  # "star journalist": both


def _initials(phrase: str) -> frozenset[str]:
    """Return the short forms of the offices that a role spells out: "ceo" for "Chief Executive"."""
    folded = fold(phrase)
    return frozenset(short for short, office in _SPELT_OUT.items() if office in folded)


_SPELT_OUT = {
    short: " ".join(word for word in meaning if word not in (short, "officer"))
    for short, meaning in ABBREVIATIONS.items()
    if meaning[-1] == "officer"
}


_BEHIND_BODY = re.compile(
    r"(?:(?:[Aa]n?|[Tt]he) )?[A-Z][\w’'&-]*(?: (?:(?:of|for|and|on|the) )*[A-Z][\w’'&-]*)+ (?P<head>[a-z]+)"
)
"""A body's name and the person's noun that it modifies: "a Ministry of Ports spokeswoman"."""


def head_of(phrase: str) -> str:
    """Return the folded head noun of a noun phrase: the last word before a preposition, a clause or a comma."""
    behind = _BEHIND_BODY.fullmatch(phrase)
    if behind is not None and behind["head"] in PERSON_WORDS:
        return behind["head"]
    head = ""
    phrase = _owned(phrase)
    matches = list(WORD.finditer(phrase))
    for match, following in zip_longest(matches, matches[1:]):
        word = fold(match[0])
        if word == "and" and head and head not in PERSON_WORDS and following is not None:
            continue  # "audio and resources producer"
        if head and (word in PREPOSITIONS or word in ("who", "which", "that", "whose", "where", "and")):
            break
        if head and head not in ARTICLES and word.endswith("ing") and word not in NO_VERBS:
            break
        if (
            head
            and word.endswith(("ed", "itten", "awn", "sent"))
            and word not in NO_VERBS
            and _ends_noun(head, following)
        ):
            break  # "a lawsuit filed by"
        head = word
        if phrase[match.end() : match.end() + 1] in (",", ";", ":", "("):
            break
    return head.removesuffix("'s").removesuffix("'")


def _owned(phrase: str) -> str:
    """Return a noun phrase without the name of its owner: "the Republic of Congo's | health minister"."""
    owner, _, rest = phrase.replace("’", "'").rpartition("'s ")
    words = owner.split()
    named = all(word[0].isupper() or word in _IN_NAMES for word in words)
    return rest if rest and named and not any(fold(word) in PERSON_WORDS for word in words) else phrase


_IN_NAMES = frozenset(("the", "of", "and", "for"))


def _ends_noun(head: str, following: re.Match[str] | None) -> bool:
    """Whether a participle behind these words describes them: they end in a noun, or a preposition follows it."""
    return head in DOCUMENTS or head in PERSON_WORDS or (following is not None and fold(following[0]) in PREPOSITIONS)


def names_person(phrase: str, by_ending: bool = False) -> bool:
    """Whether a noun phrase is headed by a word for a person; `by_ending`: a noun that ends like one counts, too."""
    head = head_of(phrase).partition("-of-")[0]  # "father-of-four"
    head = head if head in PERSON_WORDS else head.rpartition("-")[2]
    if head in PERSON_WORDS or (head.endswith("s") and singular(head) in PERSON_WORDS):
        return True
    return by_ending and head.endswith(_PERSON_ENDINGS) and not head.endswith("ment") and not is_plural(head)


def is_person_word(word: str) -> bool:
    """Whether a folded word says what a person is ("minister", "vice-president", "Sen.")."""
    first, of, _ = word.partition("-of-")
    last = word.removesuffix("-elect").removesuffix("-designate").rpartition("-")[2]
    if "-" in word and word in ORGANISATION_WORDS:
        return False  # "co-operative"
    return word in ROLE_TITLES or (bool(of) and first in PERSON_WORDS) or last in PERSON_WORDS or is_calling(word)


_TITLE_FIRST = re.compile(r"“[^”]+” \w|\"[^\"]+\" \w|‘[^’]+’ \w")


def words_before_preposition(phrase: str) -> Iterable[str]:
    """Return the folded words before the first preposition: those that say what the person is."""
    for word in phrase.split():
        if fold(word) in PREPOSITIONS:
            return
        yield fold(word.strip(",.'’"))


def make_role(text: str, start: int, end: int) -> Role | None:
    """Return the role whose words stand at [`start`, `end`), None where these say none."""
    shown = " ".join(text[start:end].split()).strip(" ,;:'’-–—")
    shown = shown if _TITLE_FIRST.match(shown) else shown.strip(' “”"‘')
    shown = _NOW.sub("", _WHEN.sub("", _LOOSE_END.sub("", shown)))
    is_phrase = fold(shown.partition(" ")[0]) in PREPOSITIONS  # "At a dinner with the singer, NAME"
    cut = shown.count("(") != shown.count(")")  # "Cllr Mo Salt (Green, | Ashwell)"
    return Role(shown, start, end) if len(shown) > 1 and not (is_phrase or cut) else None
