"""Finding the names in a text: the model's named spans, repaired and completed by how names are written.

A name is a run of capitalised words ("Interior Minister NAME"), cut where titles and offices end. What remains is a
person or not by the evidence around it; the model's label is one piece of that evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotecli.attribution.speakers.cuts import cut_run, is_surname
from quotecli.attribution.speakers.persons import (
    PERSON_EVIDENCE,
    PERSON_FROM,
    NameKind,
    is_organisation_after,
    other_kind,
    person_evidence,
)
from quotecli.attribution.speakers.runs import (
    Labels,
    Token,
    find_headlines,
    find_runs,
    find_surnames,
)
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    AMBIGUOUS_OFFICES,
    DOCUMENTS,
    HONORIFICS,
    OFFICES,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLURAL_PEOPLE,
    POSTNOMINALS,
    PREPOSITIONS,
    SMALL_WORDS,
    SUFFIXES,
    Gender,
    fold,
    is_first_name,
    singular,
    title_gender,
)
from quotecli.naming.names import NameWords, name_words
from quotecli.records import Span
from quotecli.text.document import Document
from quotecli.text.spaces import end_before

FIRST_PARAGRAPHS = 12
DATELINE = re.compile(
    r"(?:[A-Z][A-Z .'/-]+[A-Z](?:, [A-Z][\w.]+(?: [A-Z]\w+)?(?: \d{1,2})?){0,2}(?: \([A-Za-z ]+\))?\s*(?:-{1,2}|—|–)"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}, (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+){0,2} [—–])\s"
)
AFTER_NAMES = POSTNOMINALS | frozenset(("inc", "ltd", "corp", "plc", "llc", "gmbh"))
_TICKER = re.compile(r"\((?:[A-Za-z]+: ?[A-Z]{1,6}|[A-Z]{1,6}\.[A-Z]{1,3})\)")  # "(NASDAQ: HLXA)", "(NVSA.ST)"
_ELDER = re.compile(r"\b[Tt]he (elder|older|senior|younger|junior) \Z")
GENERATIONS = {"elder": "sr", "older": "sr", "senior": "sr", "younger": "jr", "junior": "jr"}
_ACRONYM = re.compile(r"(?<=\w )\(([A-Z]{3,7})\)")
_NAME_WORD = re.compile(r"[\w'’]+(?:-\w+)*")
_LONGEST_NAME = 90
_LINKED = re.compile(r" (?:to|for|of|at|from|in|on)\b")
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z][\w.]*")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_NICKNAMED = re.compile(
    r"\b(?:nickname[ds]?|dubbed|monikers?|teased as|mocked as)\b[^.“”\"\n]{0,40}[“\"‘'](?:[Tt]he )?\Z"
)
_BILL = re.compile(
    r"\b(?:[SHA]\.?[BRJ]\.?|(?:Senate|House|Assembly) (?:Joint )?(?:Bill|Resolution)|Proposition|Prop\.?|Measure"
    r"|Ordinance|Resolution|Bill|Directive|Regulation|Act|Amendment)\u00a0?\x20?(?:No\. )?[A-Z]?-?\d[\w/–-]*"
)


@dataclass(slots=True, eq=False)
class Named:
    """A name at its place, without title, role and possessive ending.

    titles: where the titles and offices in front of it begin (`start` where it has none).
    gender: what a title before it shows. words: folded, for comparison. possessive: "Mujahid's".
    """

    start: int
    end: int
    kind: NameKind
    words: NameWords
    titles: int
    gender: Gender | None = None
    possessive: bool = False
    honorific: bool = False
    speaking: bool = False
    headline: bool = False
    doubtful: bool = False  # a person by hardly any evidence
    shown: str | None = (
        None  # as it is shown, where that is not its own words ("Thomas" of "Thomas and Rachel Gallagher")
    )
    institution: bool = False  # said to be one: "NAME, a grid-storage company"


def find_named(document: Document, names: Sequence[Name], sources: Sequence[Span]) -> list[Named]:
    """Return the names in a text in order, none overlapping another. `sources` are spans known to name who speaks."""
    text = document.text
    labels = Labels([*names, *_defined(text)])
    speaking = Labels([Name("person", span.start, span.end) for span in sources])
    headlines = find_headlines(document)
    found: list[Named] = []
    runs = list(find_runs(text, labels))
    surnames = find_surnames(runs, text, labels)
    for tokens in runs:
        headline = any(span.start <= tokens[0].start < span.end for span in headlines) if headlines else False
        for piece in cut_run(text, tokens, labels, speaking if headline else None, surnames):
            named = _judge(text, piece, labels, speaking, surnames)
            if named is not None:
                named.headline = headline
                found.append(named)
    bills = [Named(*m.span(), "document", name_words(m[0]), m.start()) for m in _BILL.finditer(text)]
    held = Labels([Name("organisation", bill.start, bill.end) for bill in bills])
    found = [one for one in found if not held.within(one.titles, one.end)] + bills
    found.extend(_unseen(text, names, sorted(found, key=lambda named: named.start)))
    found.sort(key=lambda named: named.start)
    asides = Labels([*_datelines(document), *(Name("place", *match.span()) for match in _TICKER.finditer(text))])
    return [one for one in found if not asides.within(one.start, one.end)]


def _defined(text: str) -> Iterator[Name]:
    """Yield the names in front of their acronyms, "People's Front for Renewal (PFR)": as many words back as it has
    letters, small ones between (Schwartz and Hearst 2003)."""
    for acronym in _ACRONYM.finditer(text):
        letters, start = acronym[1], acronym.start()
        for match in reversed(list(_NAME_WORD.finditer(text, max(0, start - _LONGEST_NAME), start))):
            if letters and match[0][0] == letters[-1]:
                letters, start = letters[:-1], match.start()
            elif match[0] not in SMALL_WORDS:
                break
        if not letters and not any(fold(word) in OFFICES for word in text[start : acronym.start()].split()):
            yield Name("organisation", start, acronym.start() - 1)


def _datelines(document: Document) -> Iterator[Name]:
    """Yield where the first paragraphs say where they were written: nobody speaks there, and nothing there is "it"."""
    for paragraph in document.paragraphs[:FIRST_PARAGRAPHS]:
        match = DATELINE.match(document.text, paragraph.start, paragraph.end)
        if match is not None:
            yield Name("place", *match.span())


def _seen(text: str, labels: Labels, core: list[Token]) -> bool:
    """Whether the model sees a person in these words, or they name an institution ("College of Surgeons")."""
    start, end = core[0].start, core[-1].end
    return any(n.type == "person" for n in labels.within(start, end)) or _is_office_of(text[start:end])


def _is_common(word: str) -> bool:
    return word in DOCUMENTS or singular(word) in DOCUMENTS or (word in PLURAL_PEOPLE and word != "police")


def _judge(
    text: str, piece: tuple[list[Token], list[Token]], labels: Labels, speaking: Labels, surnames: frozenset[str]
) -> Named | None:
    titles, core = piece
    if not core:
        return None
    start, end = core[0].start, _end_of(text, core)
    surname = core[-1].word in surnames and (len(core) > 1 or _is_bare_surname(text, titles, core[0], speaking))
    if _is_nickname(text, start) or (not surname and _names_nobody(text, core, labels)):
        return None
    inside = labels.within(start, end)
    words = name_words(text[start:end])
    if not words or (words[0] in AFTER_NAMES and len(words) == 1) or _PARTY_AND_STATE.fullmatch(text, start, end):
        return None
    if len(core) == 1 and any(map(str.isdigit, core[0].word)) and not any(n.type != "person" for n in inside):
        return None  # "Sh40 million", "Rs1 lakh"
    titled = titles if surname and len(core) == 1 else [*titles, core[0]]  # "King said", of Nora King
    gender = next((g for token in titled if (g := title_gender(token.word))), None)
    honorific = any(token.honorific for token in titles[-1:])
    begin = titles[0].start if titles else start
    words += _generation_before(text, begin, words)
    speaks = any(s.start >= begin - 5 or _leads(text, s.start, begin) for s in speaking.within(start, end))
    person = person_evidence(text, titles, core, inside, speaks, surname)
    if speaks and text[end : end + 1] == ":" and _begins_line(text, begin):
        person += PERSON_EVIDENCE["label of a turn"]
    return Named(
        start,
        end,
        "person" if person >= PERSON_FROM else other_kind(text, core, inside),
        words,
        begin,
        gender,
        bool(_POSSESSIVE.match(text, end)),
        honorific,
        speaks,
        doubtful=person <= PERSON_FROM,
        institution=text.startswith(", ", end) and is_organisation_after(text, end),
    )


def _is_nickname(text: str, start: int) -> bool:
    return _NICKNAMED.search(text, max(0, start - 60), start) is not None


def _end_of(text: str, core: list[Token]) -> int:
    """Return where a name ends: without a sentence's full stop, but with that of "Jr." or an initial."""
    last = core[-1]
    stop = text[last.start : last.end].endswith(".")
    return last.end - (stop and len(last.word) > 1 and last.word not in {"jr", "sr", "inc", "ltd", "corp", "co"})


def _is_bare_surname(text: str, titles: list[Token], token: Token, speaking: Labels) -> bool:
    """Whether a title or small word that is somebody's surname in the article is one here: "Mr King", "To said"."""
    if titles:
        return True
    if text.endswith(("the ", "The ", " a ", " an "), 0, token.start):
        return False
    return not token.opens or any(source.start == token.start for source in speaking.within(token.start, token.end))


def _names_nobody(text: str, core: list[Token], labels: Labels) -> bool:
    """Whether the words are only a title, a common word, or a description."""
    first, last = core[0], core[-1]
    if len(core) > 1:  # "the PAHO Director"
        return last.word in OFFICES and not is_surname(core, len(core) - 1) and not _seen(text, labels, core)
    if (first.office or first.honorific) and first.word not in AMBIGUOUS_OFFICES:
        return True
    describes = _LINKED.match(text, last.end) or text.endswith("\n", 0, first.start)
    if describes and first.word in PERSON_WORDS and not is_first_name(first.word):
        return not labels.within(first.start, last.end)  # "Counsel to the inquiry", "Suspect told officers"
    return _is_common(first.word) and not labels.within(first.start, last.end)  # "Data", at the sentence's start


def _generation_before(text: str, begin: int, words: NameWords) -> NameWords:
    """Return the suffix that "the elder NAME" stands for, as a word of the name."""
    match = _ELDER.search(text, max(0, begin - 12), begin)
    return (GENERATIONS[match[1]],) if match and words[-1] not in SUFFIXES else ()


def _begins_line(text: str, start: int) -> bool:
    end = end_before(text, start, " ")
    return not end or text[end - 1] == "\n"


def _leads(text: str, start: int, end: int) -> bool:
    """Whether nothing between a source's start and a name takes the name from its head ("officials in X")."""
    lead = [fold(word) for word in text[start:end].split()]
    return not any(word in PREPOSITIONS for word in lead) or text[start:end].rstrip().endswith(",")


def _unseen(text: str, names: Sequence[Name], found: Sequence[Named]) -> Iterator[Named]:
    """Yield the model's names that no run holds (names in lower case, "of" inside an organisation's name)."""
    starts = [named.start for named in found]
    for name in names:
        at = bisect_right(starts, name.start) - 1
        overlaps = at >= 0 and found[at].end > name.start
        following = at + 1 < len(found) and found[at + 1].titles < name.end
        words = name_words(text[name.start : name.end])
        if not overlaps and not following and words and _may_name(text, name, words):
            yield Named(name.start, name.end, name.type, words, name.start)


def _may_name(text: str, name: Name, words: NameWords) -> bool:
    """Whether the model's span can be a name: on one line, no sum of money, no office ("the Queen", "Crown Prince")."""
    inside_party = text[name.start - 2 : name.start] in ("R-", "D-", "I-")
    if "\n" in text[name.start : name.end] or inside_party or _PARTY_AND_STATE.fullmatch(text, name.start, name.end):
        return False
    if name.type == "person" and any(map(str.isdigit, words[0])):
        return False
    if (words[0] in AFTER_NAMES and len(words) == 1) or _is_nickname(text, name.start):
        return False
    folded = [fold(word) for word in text[name.start : name.end].split()]
    office = folded[-1] in OFFICES or (folded[-1] in HONORIFICS and not text[name.start : name.end].isupper())
    return not office or folded[-1] in AMBIGUOUS_OFFICES or _is_office_of(text[name.start : name.end])


def _is_office_of(name: str) -> bool:
    """Whether a name that ends in an office is an institution's: "Office of the President", no "Senate President"."""
    words = [fold(word) for word in name.split()]
    return any(word in ORGANISATION_WORDS for word in words) and any(word in PREPOSITIONS for word in words)
