"""Where names are cut out of a run of capitalised words: between two names, and behind titles and offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from quotecli.attribution.speakers.runs import Labels, Token, is_plain
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    AMBIGUOUS_OFFICES,
    BEFORE_COMPANIES,
    DAYS_AND_MONTHS,
    KEPT_TITLES,
    OFFICES,
    ORGANISATION_TAILS,
    ORGANISATION_WORDS,
    PARTICLES,
    POSTNOMINALS,
    RANKS_BEHIND,
    SUFFIXES,
    is_calling,
    is_first_name,
    singular,
)

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? (\w+)")


def cut_run(
    text: str, tokens: list[Token], labels: Labels, headline: Labels | None, surnames: frozenset[str]
) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield (titles, name) pieces of a run: cut where the model sees two names, and behind titles and offices.

    headline: the spans known to speak, if the run stands in a headline: only these and what the model sees are names.
    """
    if headline is None and len(tokens) == 1:  # most runs are one word: nothing to cut
        known = tokens[0].word in surnames
        if not tokens[0].opens or known or labels.within(tokens[0].start, tokens[0].end):
            yield [], tokens
        return
    inside = labels.within(tokens[0].start, tokens[-1].end)
    if headline is not None:
        for name in inside or headline.within(tokens[0].start, tokens[-1].end):
            seen = [token for token in tokens if name.start <= token.start and token.end <= name.end]
            split = _titles_end(seen)
            if len(seen) <= 4:
                yield seen[:split], seen[split:]
        return
    if _is_clause(text, tokens) and not inside:
        return  # "Board Was Torn"
    for piece in _cut_at_labels(text, tokens, inside):
        part = _trim(text, piece, inside)
        if not part:
            continue
        whole = {n.type for n in inside if n.start <= part[0].start and n.end >= part[-1].end} - {"person"}
        institution = "organisation" in whole and any(map(_is_institution, part))  # "Prime Minister's Office"
        person = not whole and _opens_sentence(text, part[0].start)
        linked = any(token.word in _INSIDE for token in part[1:-1])  # "Doctors Without Borders"
        named = institution or linked or "place" in whole  # "Sri Lanka", "St. Louis"
        split = _roles_end(part, inside) or (0 if named else _titles_end(part, person))
        if part[split:] and all(token.word in ORGANISATION_TAILS for token in part[split:]):
            split = 0  # "Cardinal Coach Lines"
        yield part[:split], part[split:]


def _is_clause(text: str, tokens: list[Token]) -> bool:
    """Whether a verb stands in a run: it is a heading that is printed Like This, no name."""
    return any(token.word in _VERBS for token in tokens[1:-1]) and _opens_sentence(text, tokens[0].start)


def _describes_name(text: str, tokens: Sequence[Token], name: Name) -> bool:
    """Whether the one word before the model's person opens the sentence and is a word: "Mispronouncing Ann Lee"."""
    if tokens[1].start != name.start or not _opens_sentence(text, tokens[0].start) or is_first_name(tokens[0].word):
        return False
    return tokens[0].word.endswith(("ing", "ly")) or f" {tokens[0].word} " in text


_INSIDE = frozenset("without against beyond".split())
"""Prepositions that a capital letter, not at a sentence's start, shows to be part of a name."""

_VERBS = frozenset("is was are were has have had be been will would can could".split())


def _opens_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", "”", '"', "’")


def _is_institution(token: Token) -> bool:
    return token.word in ORGANISATION_WORDS or (token.office and token.word not in OFFICES)


def _cut_at_labels(text: str, tokens: list[Token], inside: Sequence[Name]) -> Iterator[list[Token]]:
    cuts = [0]
    cuts.extend(i for i, token in enumerate(tokens) if i and token.opens and not _belongs(text, tokens, i, inside))
    for before, after in pairwise(inside):
        if after.start - before.end <= 1:  # an office between them would be a title
            cuts.extend(_boundary(text, tokens, before, after))
    if any(name.type == "person" and _describes_name(text, tokens, name) for name in inside):
        cuts.append(1)
    if _is_desk(text, tokens):
        cuts.append(1)
    if len(inside) == 1 and inside[0].type == "person":  # "Massachusetts | Joshua Levy"
        cuts.extend(_model_start(text, tokens, inside[0]))
        cuts.extend(_behind(tokens, inside[0]))
    cuts = [i for i in cuts if not i or not _goes_on(text, tokens, i)]
    cuts.append(len(tokens))
    for start, end in pairwise(sorted(set(cuts))):
        if end > start:
            yield tokens[start:end]


def _is_desk(text: str, tokens: list[Token]) -> bool:
    """Whether a medium's initials stand before what its journalist writes about: "BBC | Kremlin correspondent"."""
    medium = len(tokens) > 1 and tokens[0].capitals and tokens[1].word not in _CHANNELS
    return medium and _JOURNALIST.match(text, tokens[-1].end) is not None


_CHANNELS = frozenset("news world radio sport sports television tv".split())
_JOURNALIST = re.compile(r" (?:[a-z]+ )?(?:correspondent|reporter|editor|columnist|presenter|bureau chief)s?\b")


def _goes_on(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a particle, or a suffix, says that the name goes on: "Marijke in ’t Veld", "William Osterhaus III"."""
    small = any(not text[token.start].isupper() and text[token.start].isalpha() for token in tokens[i - 1 : i + 1])
    return tokens[i].word in SUFFIXES or (small and not tokens[i - 1].honorific)


def _behind(tokens: list[Token], name: Name) -> Iterator[int]:
    """Yield where words begin that run on behind a full name that the model sees: "vote for Ann Lee | Election Day"."""
    within = [i for i, token in enumerate(tokens) if name.start <= token.start < name.end]
    if len(within) >= 2 and len(tokens) - within[-1] > 2:
        yield within[-1] + 1


def _boundary(text: str, tokens: list[Token], before: Name, after: Name) -> Iterator[int]:
    """Yield where one of two adjoining labels ends, if it is a person's and the other is not.

    One plain word ("Umar | Hayat | Gondal") is part of the name, whatever the model takes it for: it has seen few names
    from beyond its own country. A known first name goes with what follows: "the Opposition | Sunita Rao".
    """
    if (before.type == "person") == (after.type == "person"):
        return
    other = before if after.type == "person" else after
    covered = [token for token in tokens if other.start <= token.start < other.end]
    alone = len(tokens) > 1 and tokens[-1].start <= after.start and not is_first_name(tokens[-2].word)
    if other is before and alone and _is_governed(text, tokens[0].start):
        return  # "in Des | Moines": a place, whatever the model takes its last word for
    if other is after and len(tokens) == 2 and all(token.word in ORGANISATION_WORDS for token in covered):
        return  # "Halden | Foods"
    place = other.type == "place" and (other is after or _is_governed(text, tokens[0].start))
    titled = other is before and any(map(_is_title, covered))
    named = covered[_titles_before(covered) :] if titled else covered
    linked = any(text[a.end : b.start].strip() for a, b in pairwise(covered))  # "Executive for Health | Hellen Lee"
    joined = not place and not linked and all(map(is_plain, named)) and len(named) <= (2 if titled else 1)
    if joined and not (titled and named and _opens_name(tokens, after)):  # but "SSP Operations | Umar Hayat"
        return  # "SP | Oluremi Ade": a title, which is cut off later; "Advocate General Sreenivas | Kandula"
    at = next((i for i, token in enumerate(tokens) if token.start == after.start), 0)
    if other is before and at > 1 and is_first_name(tokens[at - 1].word) and tokens[at - 1].start > before.start:
        at -= 1
    if at:
        yield at


def _opens_name(tokens: list[Token], name: Name) -> bool:
    """Whether the model's person has a known first name and more."""
    covered = [token.word for token in tokens if name.start <= token.start < name.end]
    return len(covered) > 1 and is_first_name(covered[0])


def _is_title(token: Token) -> bool:
    return token.honorific or token.office


def _titles_before(tokens: list[Token]) -> int:
    """Return how many of the words, from the first, end with a title or an office."""
    return max((i + 1 for i, token in enumerate(tokens) if _is_title(token)), default=0)


def _is_governed(text: str, start: int) -> bool:
    return text[max(0, start - 8) : start].rstrip(" \u00a0").endswith((" of", " for", " in", " from", " the"))


def _belongs(text: str, tokens: list[Token], i: int, inside: Sequence[Name]) -> bool:
    """Whether a word that may open a sentence is part of the name: "Mr Were", "Fred Odhiambo Were,"."""
    token, before = tokens[i], tokens[i - 1]
    if _labelled(token, inside) or before.honorific or (token.word in _INSIDE and i < len(tokens) - 1):
        return True
    if i < len(tokens) - 1 or token.word in DAYS_AND_MONTHS:
        return False
    return is_first_name(before.word) or (_labelled(before, inside) and text[token.start : token.end] in _titled(text))


@lru_cache(1)
def _titled(text: str) -> frozenset[str]:
    """Return the words that stand behind a title somewhere in the text: "Mr Were"."""
    return frozenset(match[1] for match in _TITLED.finditer(text))


def _labelled(token: Token, inside: Sequence[Name]) -> bool:
    return any(name.start <= token.start < name.end for name in inside)


def _model_start(text: str, tokens: list[Token], name: Name) -> Iterator[int]:
    """Yield where the model's person begins, if the words before it belong to a place ("of Vermont | Ann Lee"), or the
    last of them can be no part of a person's name ("BBC | Ann Lee", "Police-6 | Ann Lee", "(Sales) | Ann Lee")."""
    at = next((i for i, token in enumerate(tokens) if token.start == name.start), 0)
    if not 0 < at < len(tokens) - 1:
        return
    before = tokens[at - 1]
    odd = (
        before.word in ORGANISATION_WORDS
        or (before.capitals and len(before.word) > 2)
        or not before.word.replace("'", "").replace("-", "").isalpha()
    )
    if odd or (_is_governed(text, tokens[0].start) and not is_first_name(tokens[0].word)):
        yield at


def _trim(text: str, part: list[Token], inside: Sequence[Name]) -> list[Token]:
    """Drop the sentence's opening word, days and months, at both ends, where the model does not see a name begin."""
    starts = {name.start for name in inside}
    first, last = int(len(part) > 1 and part[0].word in BEFORE_COMPANIES), len(part)
    while first < last and part[first].opens and (part[first].start not in starts or part[first].describes):
        if part[first].word in PARTICLES and f" {part[first].word} {text[part[first].end + 1 : part[-1].end]}" in text:
            break  # "Ten Haaf", of Bram ten Haaf
        first += 1
    while last - first > 2 and part[last - 1].word in POSTNOMINALS:  # "Aoife Brannigan TD"
        last -= 1
    while (
        last > first
        and part[last - 1].word in DAYS_AND_MONTHS
        and (last - first > 1 or part[first].start not in starts)
        and not _ends_person(part[last - 1], inside)
    ):
        last -= 1
    return part[first:last]


def _ends_person(token: Token, inside: Sequence[Name]) -> bool:
    """Whether the model sees the end of a person's name of several words: "Khin Mar"."""
    return any(name.type == "person" and name.start < token.start and name.end == token.end for name in inside)


def _titles_end(part: list[Token], person: bool = False) -> int:
    """Return how many of the words, from the first, are titles, offices, and what stands before these.

    person: they open a sentence, and the model does not take all of them for one name of another kind.
    """
    for i in range(len(part) - 2, -1, -1):
        if part[i].word in KEPT_TITLES and i == len(part) - 2:
            return 0 if i and is_first_name(part[i - 1].word) else i  # "Kimberly St Hilaire"
        if part[i].honorific:
            return i + 1 + (len(part) > i + 2 and part[i + 1].word in RANKS_BEHIND)
        abbreviates = len(part[i].word) < 3 and not part[i].capitals  # the MD, but "Azlan Md Noor"
        if part[i].office and not is_surname(part, i) and not abbreviates:
            doubled = len(part) > i + 3 and is_calling(part[i + 1].word)  # "Executive Engineer | Imtiaz Ahmed Soomro"
            return i + 1 + doubled
    return int(len(part) > 1 and _opens_with_role(part, person))


def _roles_end(part: list[Token], inside: Sequence[Name]) -> int:
    """Return where a full name begins behind a word for a person: "County Engineer | Joyce Lee", though what stands
    before it may be an organisation's; 0 where none begins that is known for a name."""
    named = {name.start for name in inside if name.type == "person"}
    for i in range(len(part) - 3, 0, -1):
        known = is_first_name(part[i + 1].word) or part[i + 1].start in named
        if known and is_calling(part[i].word) and not is_first_name(part[i - 1].word):
            return i + 1
    return 0


def _opens_with_role(part: list[Token], person: bool) -> bool:
    """Whether the first word says what the person is: "Passenger Beth Corrigan", but not "Hunter Biden".

    Only a sentence's start gives such a word a capital letter; elsewhere a known first name must follow.
    """
    word = part[0].word
    if len(part) < 3 and not word.endswith("s"):
        return False
    role = is_calling(word) or (word.endswith("s") and is_calling(singular(word)) and not is_first_name(word))
    return role and ((person and len(part) > 2) or is_first_name(part[1].word))


def is_surname(part: list[Token], i: int) -> bool:
    """Whether the word of an office is a name here: "Theresa Major"."""
    return part[i].word in AMBIGUOUS_OFFICES and i > 0 and is_first_name(part[i - 1].word)
