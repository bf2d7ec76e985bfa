"""Unnamed people: who they are said to be, and the reason that the article gives for not naming them."""

from __future__ import annotations

import re
from functools import cache

from quotecli.attribution.sourcing.patterns import pattern, sections
from quotecli.naming.lexicon import PLURAL_PEOPLE, PREPOSITIONS, fold, is_calling, singular
from quotecli.records import Anonymous, Mention, Span, Speaker
from quotecli.text import Document

_WORD = re.compile(r"[^\s,;]+(?:,\d{3})*")
_SOME_OF = re.compile(
    r"(?:an? )?(?:string|number|couple|handful|group|host|majority|few|minority|crowd) of (?!the |her |his )", re.I
)
"""What stands before the people: "a string of Tory MPs"."""
_NOBODY = re.compile(r"(?:no one|nobody|no-one|any(?:one|body)|every(?:one|body))\b|.*\bof (?:us|you)\b", re.IGNORECASE)
_OF_PARTIES = frozenset("republicans democrats conservatives liberals tories mps meps senators".split())
_BEHIND_HEADS = PREPOSITIONS | frozenset(
    "who whose that close familiar near involved briefed speaking working aware present affected this last".split()
)
"""Words that begin what stands behind the noun: "two officials familiar with the talks"."""
_PEOPLE = frozenset("people persons sources some others many several someone somebody one another".split())
"""Words that stand for unnamed people by themselves, beside the callings."""
_NOT_PEOPLE = frozenset("party body team authorities feds".split())


_CLAUSE_BEGINS = re.compile(r"[\s,]*(?:\b(?:who|that|speaking|and)\b.*)?$", re.DOTALL)


def anonymous(document: Document, speaker: Speaker | None) -> Anonymous | None:
    """Return who an unnamed speaker is said to be and why they are not named; None for all who are named, for bodies
    and documents, and where the text does not say who they are. Offsets are the document's."""
    if speaker is None or speaker.mention is None or speaker.type not in ("unknown", "group", "person"):
        return None
    if speaker.resolved_by in ("name", "alias") or not _are_people(speaker.name):
        return None
    who = _described(document.text, speaker.name, speaker.mention)
    return Anonymous(who=who, reason=_reason(document, (speaker.mention, who)))


def _are_people(name: str) -> bool:
    """Whether a description is of people ("two senior officials familiar with the talks"), not of a body or a name."""
    if _NOBODY.match(name):
        return False
    head: list[str] = []
    some = _SOME_OF.match(name)
    for match in _WORD.finditer(name, some.end() if some else 0):
        if head and fold(match.group()) in _BEHIND_HEADS:
            break
        head.append(match.group())
        if name[match.end() : match.end() + 1] in (",", ";"):
            break
    if not head:
        return False
    noun = fold(head[-1])
    if head[-1][:1].isupper() and noun not in _OF_PARTIES and (len(head) > 1 or _is_title(noun)):
        return False
    return noun not in _NOT_PEOPLE and (
        noun in _OF_PARTIES
        or noun in _PEOPLE
        or noun in PLURAL_PEOPLE
        or is_calling(noun)
        or is_calling(singular(noun))
    )


def _is_title(noun: str) -> bool:
    """Whether a noun with a capital that stands alone means somebody known ("Governor"), not several ("Officials")."""
    return noun not in _PEOPLE and noun not in PLURAL_PEOPLE and singular(noun) == noun


def _described(text: str, name: str, mention: Mention) -> Mention:
    """Return the words that say who it is: the mention, or for a pronoun the last description before it."""
    start = text.rfind(name, 0, mention.end)
    start, words = (mention.start, mention.text) if start < 0 else (start, name)
    withheld = pattern("withheld").search(words) or _forbidden().search(words)
    if withheld:  # "an official who spoke on condition of anonymity": the words before
        words = _CLAUSE_BEGINS.split(words[: withheld.start()])[0] or words
    return Mention(words, start, start + len(words))


def _reason(document: Document, mentions: tuple[Mention, Mention]) -> Mention | None:
    """Return the reason for not naming someone, from the sentences in which they stand and the ones behind."""
    for mention in mentions:
        around = _around(document, mention)
        found = _forbidden().search(document.text, around.start, around.end)
        withheld = pattern("withheld").search(document.text, around.start, around.end)
        if withheld and not found:
            found = _given().match(document.text, withheld.end(), around.end)
        if found:
            start, end = found.span("reason")
            return Mention(document.text[start:end], start, end)
    return None


def _around(document: Document, mention: Mention) -> Span:
    """Return the sentence of a mention and the one behind, as far as its paragraph goes."""
    number = document.sentence(mention.start)
    around = document.sentences[number : number + 2]
    end = around[-1].end if around else mention.end
    start = around[0].start if around else mention.start
    line = document.text.find("\n", mention.end, end)
    return Span(start, end if line < 0 else line)


_CLAUSE = r"[^.;”“\"]*?(?=\s*(?:[.;”“\"]|,\s(?:said|told|added|says)\b|\s[–—]\s|$))"


@cache
def _given() -> re.Pattern[str]:
    """What follows "on condition of anonymity": " because he feared for his job"."""
    return re.compile(rf"[,\s]*(?:\w+ ){{0,3}}?(?P<reason>(?:{sections()['reason']})\b{_CLAUSE})", re.IGNORECASE)


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<reason>(?:{sections()['forbidden']})\b[^.,;”“\"]*)", re.IGNORECASE)
