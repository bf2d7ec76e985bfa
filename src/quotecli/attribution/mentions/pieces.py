"""Names inside a run of capitalised words: where one ends and another begins, and which words are its titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from quotecli.attribution.mentions.tokens import OWNS, Token, opens_sentence
from quotecli.naming.lexicon import (
    BEFORE_COMPANIES,
    KEPT_TITLES,
    ORGANISATION_WORDS,
    PARTICLES,
    POSTNOMINALS,
    RANKS_BEHIND,
    ends_like_calling,
    is_calling,
    is_demonym,
    is_first_name,
    singular,
)
from quotecli.records import Span

_LONGEST_IN_HEADLINE = 4
_INSIDE = frozenset(("without", "against"))  # "Doctors Without Borders"


def pieces(text: str, run: list[Token]) -> Iterator[list[Token]]:
    """Yield the names in a run with the titles before them: cut where the network sees two."""
    ends = [*(i for i in range(1, len(run)) if _begins(text, run, i)), len(run)]
    for start, end in pairwise((0, *ends)):
        if part := _trimmed(run[start:end]):
            yield part


def headline_pieces(run: Sequence[Token], sources: Sequence[Span]) -> Iterator[list[Token]]:
    """Yield the names in a run that is printed Like This: those that the network sees, or those that speak."""
    seen = [list(tokens) for label, tokens in groupby(run, key=lambda token: token.label) if label is not None]
    spoken = ([token for token in run if span.start <= token.start and token.end <= span.end] for span in sources)
    return (part for part in seen or spoken if 0 < len(part) <= _LONGEST_IN_HEADLINE)


def _begins(text: str, run: Sequence[Token], i: int) -> bool:
    """Whether the word at `i` is no part of the name before it."""
    before, token = run[i - 1], run[i]
    if token.opens:  # but "Mr Were", "Fred Odhiambo Were"
        return not (before.honorific or is_first_name(before.word) or token.word in _INSIDE)
    if before.capitals and _JOURNALIST.match(text, run[-1].end):
        return True  # "BBC | Kremlin correspondent"
    begins = i == len(run) - 2 or (token.begins_person and i < len(run) - 2)
    if begins and _TWO_CARES.search(text, max(0, run[0].start - _OFFICE_REACH), run[0].start):
        return True  # "Minister of Health and Blue Economy | Ann Lee"
    titled = i > 1 and (run[i - 2].office or run[i - 2].honorific)  # "Interior Minister Serdar Ahmed Bugra"
    full_name = is_first_name(token.word) and not titled and _may_stand_before(before)
    if token.begins_person and i < len(run) - 1:
        return full_name or _is_no_first_name(text, before)
    runs_on = before.person and not before.begins_person and all(one.label is None for one in run[i:])
    return runs_on and len(run) - i > 1  # "Ann Lee | Election Day"


def _may_stand_before(before: Token) -> bool:
    """Whether a word before a full name is no part of it: no first name, no initial, no title."""
    return not (is_first_name(before.word) or before.honorific or before.office or len(before.word.rstrip(".")) == 1)


_FORMER = frozenset("former past fellow senior".split())
_PARTIES = (("lib", "dem"), ("liberal", "democrat"))
_TWO_CARES = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner|[Dd]irector) (?:of|for) [A-Z][\w ,-]* and \Z")
_OFFICE_REACH = 80
_JOURNALIST = re.compile(r" (?:[a-z]+ )?(?:correspondent|reporter|editor|columnist|presenter|bureau chief)s?\b")


def _is_no_first_name(text: str, before: Token) -> bool:
    """Whether a word before a person that the network sees can be no part of the name: "BBC | Ann Lee"."""
    if before.office:
        return False
    if before.word.endswith(("ing", "ly")):
        return not is_first_name(before.word)  # "Mispronouncing | Ann Lee"
    return before.word in ORGANISATION_WORDS or is_demonym(text[before.start : before.end]) or before.acronym


def _trimmed(part: list[Token]) -> list[Token]:
    """Drop what opens the sentence, and letters behind the name."""
    first, last = int(len(part) > 1 and part[0].word in BEFORE_COMPANIES | _FORMER), len(part)
    while first < last and part[first].opens and part[first].word not in PARTICLES:  # but "Ten Haaf"
        first += 1
    if last - first > 3 and (part[first].word, part[first + 1].word) in _PARTIES:
        first += 2  # "Lib Dem | Ann Lee"
    while last - first > 2 and part[last - 1].word in POSTNOMINALS:
        last -= 1
    return part[first:last]


def titles_end(text: str, part: Sequence[Token]) -> int:
    """Return how many of the words, from the first, are titles, offices, and what stands before these."""
    label = part[0].label
    seen = label.type if label is not None and label.end >= part[-1].end else "person"
    body = seen == "organisation" and not (len(part) > 2 and is_first_name(part[1].word))  # but "Mayor Colm Power"
    opening = opens_sentence(text, part[0].start)
    for i in range(len(part) - 2, -1, -1):
        if text.startswith(OWNS, part[i].end) or part[i + 1].word in _INSIDE:
            return 0  # "Attorney General's Office"
        end = _title_at(part, i, opening=opening, named=body or seen == "place")
        if end is not None:
            return end
    return 0


def _title_at(part: Sequence[Token], i: int, *, opening: bool, named: bool) -> int | None:
    """Return where the name begins if the word at `i` is a title before it, None if it is none."""
    token, following = part[i], part[i + 1]
    known = len(part) > i + 2 and (is_first_name(following.word) or following.begins_person)
    if i and known and is_calling(token.word):
        return i + 1  # "County Engineer | Joyce Lee"
    if named:
        return None
    if token.word in KEPT_TITLES and i == len(part) - 2:
        return 0 if i and is_first_name(part[i - 1].word) else i  # "Kimberly St Hilaire"
    if token.honorific:
        return i + 1 + (len(part) > i + 2 and following.word in RANKS_BEHIND)
    if token.office:
        return i + 1 if len(token.word) > 2 or token.capitals else None  # "Azlan Md Noor"
    return 1 if not i and _is_role(part, opening) else None


def _is_role(part: Sequence[Token], opening: bool) -> bool:
    """Whether the first word says what the person is: "Passenger Beth Corrigan", but not "Hunter Biden".

    Only a sentence's start gives such a word a capital letter; elsewhere a known first name must follow.
    """
    word, full = part[0].word, len(part) > 2
    if full and opening and ends_like_calling(word):
        return True
    known = (full or word.endswith("s")) and is_first_name(part[1].word)  # "Brothers Ann and"
    return is_calling(singular(word)) and (known or (full and opening))
