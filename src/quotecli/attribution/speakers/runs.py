"""Runs of capitalised words: where they begin and end, and where titles end and the name itself begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    AMBIGUOUS_OFFICES,
    BEFORE_COMPANIES,
    CAPITAL_TITLES,
    DAYS_AND_MONTHS,
    HONORIFICS,
    KEPT_TITLES,
    OFFICES,
    OPENERS,
    ORGANISATION_TAILS,
    ORGANISATION_WORDS,
    PARTICLES,
    PERSON_WORDS,
    PLACE_OPENERS,
    POSTNOMINALS,
    RANKS_BEHIND,
    REMEMBERED,
    SUFFIXES,
    fold,
    is_calling,
    is_first_name,
    singular,
    title_gender,
)
from quotecli.records import Span
from quotecli.text.document import Document

_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if c.isupper())
_CAPITAL = rf"[{_UPPER}]"
_WORD = (
    rf"(?:(?:{_CAPITAL}\.)+(?:-{_CAPITAL}\.)*(?![\w])"  # initials: "F.", "J.K."
    rf"|(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|St|Jr|Sr|Lt|Col|Gen|Sgt|Prof|Rev|Hon|Capt|Maj|Cmdr|Cpl|Det|Insp|Supt|Sec|Adm|Del)\."
    rf"|(?:al-|el-|ad-|as-|ash-|[dDlLO]['’])?{_CAPITAL}\w*(?:(?:['’](?!s\b|S\b)|[-‑])\w+)*)"
)
_INSIDE_MARKS = rf"{_CAPITAL}[\w-]{{1,14}}(?: [\w-]{{1,14}}){{0,2}}"
_MARKED = "(?:" + "|".join(rf"{a}{_INSIDE_MARKS}{b}" for a, b in ("“”", '""', "‘’", "''")) + ")"
_NICKNAME = rf"(?:{_MARKED}|\({_CAPITAL}\w+\))"
_NICKNAME = rf"(?!\([A-Z]{{2,}}\)){_NICKNAME}"  # but "of Pakistan (CJP) NAME"
_MARKS = "“\"‘'"
_BETWEEN = r"[ \t\u00a0]{1,2}"
_PARTICLES = (
    r"(?:de|van|von)(?: (?:la|las|los|der|den|de|und zu|[’']t))?|(?:op|in|aan|uit) (?:de|den|[’']t)|[’']t"
    r"|del|della|des|der|den|ten|ter|te|vom|zu|zum|zur|af|av|y|i"
    r"|bin|ibn|al|el|abu|da|do|dos|das|di|du|le|la|ní|nic|bint|binti|binte|ole|arap|wa|a/[lp]|[sd]/o"
)
RUN = re.compile(
    rf"(?<![\w@#./])(?:{_MARKED}{_BETWEEN}(?={_CAPITAL}))?(?:(?:van|von|de|al)(?=\s{_CAPITAL})[ ])?{_WORD}"
    rf"(?:{_BETWEEN}(?:{_NICKNAME}{_BETWEEN}(?={_CAPITAL}))?(?:(?:{_PARTICLES}){_BETWEEN})?{_WORD})*"
    r"(?:, (?:Jr|Sr)\b\.?)?"
)
_RUN_WORD = re.compile(rf"{_NICKNAME}|[\w&]+(?:['’‑-]\w+|\.(?=\w))*\.?")
INITIAL = re.compile(rf"(?!U\.[KSN]\.|D\.C\.){_CAPITAL}\.(?:{_CAPITAL}\.)?")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? (\w+)")
ABBREVIATED = {"Del.": "delegate"}  # titles that are other words without their dot: "Del Toro"
_OF_TWO_PLACES = frozenset(("trust", "council", "borough"))  # "Wyre and Lune Hospitals NHS Trust"
_MEMBER = ("ember of ", "ember of the ")  # "Member of Parliament for PLACE NAME"
_OF = re.compile(r"[ \u00a0](?:of|for)(?: the)? $")
_LONGEST_HEADLINE = 200
_LONGEST_RUN = 9  # a longer run of capitals is a headline


_MODIFIER = re.compile(r".-(?:based|listed|born|backed|bound|controlled|educated|held|led|owned|run|speaking|trained)$")


@lru_cache(REMEMBERED)
def _opens(word: str) -> bool:
    return word in OPENERS or word.partition("'")[0] in OPENERS or _MODIFIER.search(word) is not None


@lru_cache(REMEMBERED)
def _is_office(word: str) -> bool:
    first, of, _ = word.partition("-of-")
    if of:
        return first in PERSON_WORDS  # "Mother-of-two"
    last = word.rpartition("-")[2]
    return last in OFFICES or (last.endswith("s") and singular(last) in OFFICES)  # "Senators A and B"


class Token(NamedTuple):
    """A word of a run: its folded form, its place, and whether it is all in capitals."""

    word: str
    start: int
    end: int
    capitals: bool

    @property
    def honorific(self) -> bool:
        return self.word in HONORIFICS or (self.capitals and self.word in CAPITAL_TITLES)

    @property
    def titles(self) -> bool:
        """Whether the word can be a title: "Mr", "minister", and "monk", which shows a gender."""
        return self.honorific or self.office or title_gender(self.word) is not None

    @property
    def opens(self) -> bool:
        """Whether the word is no part of a name: it opens a sentence ("They’re") or describes ("London-based")."""
        return _opens(self.word)

    @property
    def describes(self) -> bool:
        return _MODIFIER.search(self.word) is not None

    @property
    def office(self) -> bool:
        return _is_office(self.word)


class Labels:
    """The model's names, for asking which of them lie in a span."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._ends = [name.end for name in self._names]

    def spans(self, start: int, end: int) -> bool:
        """Whether a name runs over the words between two capitalised ones ("Securities and Exchange"): no person's."""
        between = self.within(start, end) if end - start <= 9 else []
        return any(name.type != "person" and name.start < start and name.end > end for name in between)

    def within(self, start: int, end: int) -> list[Name]:
        first = bisect_right(self._ends, start)
        found = []
        for name in self._names[first:]:
            if name.start >= end:
                break
            found.append(name)
        return found


def find_runs(text: str, labels: Labels) -> Iterator[list[Token]]:
    """Yield the runs of capitalised words, two of them joined where a name goes over the "of" or "and" between them."""
    pending: list[Token] = []
    for match in RUN.finditer(text):
        tokens = [
            Token(ABBREVIATED.get(m[0]) or fold(m[0]), m.start(), m.end(), m[0].isupper())
            for m in _RUN_WORD.finditer(text, match.start(), match.end())
        ]
        if text[tokens[0].start] in _MARKS and not _is_first_half(tokens, labels):
            del tokens[0]  # “Titanic” Director
        between = text[pending[-1].end : tokens[0].start] if pending else ""
        joined = pending and (
            between == " & "
            or labels.spans(pending[-1].end, match.start())
            or (between == " and " and len(pending) == 1 < len(tokens) and tokens[-1].word in _OF_TWO_PLACES)
        )
        if joined and not _is_member(text, pending, tokens):
            pending += tokens
            continue
        if pending and _OF.fullmatch(text, pending[-1].end, match.start()):
            holder = pending[-1].word in PERSON_WORDS or text.endswith(_MEMBER, 0, pending[-1].start)
            cut = _person_within(tokens, holder, labels)
            if pending[-1].word in ORGANISATION_WORDS:
                pending += tokens[:cut]
                tokens = tokens[cut:]
            elif holder and cut < len(tokens):
                yield tokens[:cut]
                tokens = tokens[cut:]
            if not tokens:
                continue
        if pending and len(pending) <= _LONGEST_RUN:
            yield pending
        pending = tokens
    if pending and len(pending) <= _LONGEST_RUN:
        yield pending


def _is_first_half(tokens: list[Token], labels: Labels) -> bool:
    """Whether the words in marks that open a run are half of a person's name: “Weird Otto” Brandt."""
    first, second = tokens[:2]
    people = [name for name in labels.within(first.start, second.end) if name.type == "person"]
    covered = {
        half.start for half in (first, second) for name in people if name.start < half.end and name.end > half.start
    }
    return len(covered) == 2 and not second.titles


def _is_member(text: str, before: list[Token], after: list[Token]) -> bool:
    """Whether the first words name a person and the others where they belong: "Fenella Marsh of Rhodes University"."""
    person = len(before) > 1 and is_first_name(before[0].word) and all(map(_is_plain, before))
    of = _OF.fullmatch(text, before[-1].end, after[0].start) is not None
    return person and of and any(token.word in ORGANISATION_WORDS for token in after)


def _person_within(tokens: list[Token], office: bool, labels: Labels) -> int:
    """Return where a person's name begins behind a place: "District of Vermont | Ann Lee"."""
    for i, token in enumerate(tokens[1:-1], 1):
        if any(name.type == "person" and name.start == token.start for name in labels.within(token.start, token.end)):
            return i
    if tokens[0].word in PLACE_OPENERS and len(tokens) >= 4:
        return 2  # "Mayor of Port Hope | Delroy Reid"
    places = [i for i in range(1, len(tokens) - 1) if tokens[i - 1].word not in PLACE_OPENERS]  # "Port Hope"
    known = next((i for i in places if is_first_name(tokens[i].word)), None)
    if known is not None:
        return known
    return 1 if office and len(tokens) >= 3 else len(tokens)


def find_surnames(runs: Iterable[list[Token]], text: str, labels: Labels) -> frozenset[str]:
    """Return the small words and titles that end a person's full name in the text: "Brian To", "Nora King"."""
    found = set()
    for tokens in runs:
        before, last = tokens[-2:] if 2 <= len(tokens) <= 4 else (None, None)
        if before is None or last is None or not (last.opens or last.titles):
            continue
        plain = not (before.opens or before.titles or before.word in ORGANISATION_WORDS)
        name = is_first_name(before.word) or (
            len(tokens) == 2
            and any(n.type == "person" and n.end >= last.end for n in labels.within(before.start, before.end))
        )
        if plain and name and last.word not in DAYS_AND_MONTHS and not text.endswith(_ARTICLES, 0, tokens[0].start):
            found.add(last.word)
    return frozenset(found)


_ARTICLES = ("the ", "The ", " a ", " an ")


def find_headlines(document: Document) -> list[Span]:
    """Return the paragraphs that are printed Like This: their capital letters say nothing about names."""
    found = []
    for paragraph in document.paragraphs:
        if paragraph.end - paragraph.start > _LONGEST_HEADLINE:
            continue
        words = re.findall(r"(?<![\w’'])[^\W\d]{4,}", document.text[paragraph.start : paragraph.end])
        ends_like_prose = document.text[paragraph.end - 1] in ".!?”\"’'"
        fewest, share = (5, 0.9) if ends_like_prose else (3, 0.75)
        capitals = bool(words) and document.text[paragraph.start : paragraph.end].isupper()  # "UNION ANGER"
        if capitals or (len(words) >= fewest and sum(word[0].isupper() for word in words) >= share * len(words)):
            found.append(paragraph)
    return found


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
        named = institution or "place" in whole  # "Sri Lanka", "St. Louis"
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
    if len(inside) == 1 and inside[0].type == "person":  # "Massachusetts | Joshua Levy"
        cuts.extend(_model_start(text, tokens, inside[0]))
        cuts.extend(_behind(tokens, inside[0]))
    cuts = [i for i in cuts if not i or not _goes_on(text, tokens, i)]
    cuts.append(len(tokens))
    for start, end in pairwise(sorted(set(cuts))):
        if end > start:
            yield tokens[start:end]


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
    place = other.type == "place" and (other is after or _is_governed(text, tokens[0].start))
    titled = other is before and any(map(_is_title, covered))
    named = covered[_titles_before(covered) :] if titled else covered
    linked = any(text[a.end : b.start].strip() for a, b in pairwise(covered))  # "Executive for Health | Hellen Lee"
    joined = not place and not linked and all(map(_is_plain, named)) and len(named) <= (2 if titled else 1)
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


def _is_plain(token: Token) -> bool:
    """Whether the word may be part of a person's name: nothing in it speaks of an organisation or opens a sentence."""
    return not (token.capitals or token.opens or token.word in ORGANISATION_WORDS)


def _belongs(text: str, tokens: list[Token], i: int, inside: Sequence[Name]) -> bool:
    """Whether a word that may open a sentence is part of the name: "Mr Were", "Fred Odhiambo Were,"."""
    token, before = tokens[i], tokens[i - 1]
    if _labelled(token, inside) or before.honorific:
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
