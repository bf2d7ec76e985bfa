"""Finding the names in a text: the model's named spans, repaired and completed by how names are written.

A name is a run of capitalised words ("Interior Minister Sarfaraz Ahmed Bugti"). The run is cut where titles and offices end,
and what remains is judged a person or not by the evidence around it; the model's label is one piece of that evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from quotecli.attribution.speakers.lexicon import (
    AMBIGUOUS_OFFICES,
    ARTICLES,
    CAPITAL_TITLES,
    DAYS_AND_MONTHS,
    DOCUMENTS,
    HONORIFICS,
    KEPT_TITLES,
    OFFICES,
    OPENERS,
    PREPOSITIONS,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    POSTNOMINALS,
    PERSON_WORDS,
    PLURAL_PEOPLE,
    Gender,
    fold,
    is_first_name,
    singular,
    title_gender,
)
from quotecli.attribution.speakers.names import NameWords, name_words
from quotecli.attribution.speakers.roles import head_of, role_behind
from quotecli.model.tagging import Name
from quotecli.records import Span
from quotecli.text.document import Document

NameKind = Literal["person", "organisation", "place", "unknown"]

_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if c.isupper())
_CAPITAL = rf"[{_UPPER}]"
_WORD = (
    rf"(?:(?:{_CAPITAL}\.)+(?:-{_CAPITAL}\.)*(?![\w])"  # initials: "F.", "J.K."
    rf"|(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|St|Jr|Sr|Lt|Col|Gen|Sgt|Prof|Rev|Hon|Capt|Maj|Cmdr|Cpl|Det|Insp|Supt|Sec|Adm)\."
    rf"|(?:al-|el-|ad-|as-|ash-|[dDlLO]['’])?{_CAPITAL}\w*(?:(?:['’](?!s\b|S\b)|[-‑])\w+)*)"
)
_NICKNAME = rf"[“\"‘'(]{_CAPITAL}[\w-]{{1,14}}[”\"’')]"
_BETWEEN = r"[ \t\u00a0]{1,2}"
_PARTICLES = (
    r"de|de la|de los|del|della|der|van|van der|van den|von|von der|ter|bin|ibn|al|el|abu|da|dos|das|di|du|le|bint"
)
RUN = re.compile(
    rf"(?<![\w@#./])(?:(?:van|von|de|al)(?=\s{_CAPITAL})[ ])?{_WORD}"
    rf"(?:{_BETWEEN}(?:{_NICKNAME}{_BETWEEN}(?={_CAPITAL}))?(?:(?:{_PARTICLES}){_BETWEEN})?{_WORD})*"
    r"(?:, (?:Jr|Sr)\b\.?)?"
)
_RUN_WORD = re.compile(rf"{_NICKNAME}|[\w&]+(?:['’‑-]\w+|\.(?=\w))*\.?")
_INITIAL = re.compile(rf"(?!U\.[KSN]\.|D\.C\.){_CAPITAL}\.(?:{_CAPITAL}\.)?")
_HIS_OR_HER = re.compile(r"[^.!?\n“\"A-Z]{1,60}?\b(?:his|her|he|she)\b")
_APPOSITION = re.compile(r", (?:the|an?) ([^,.;:\n]{3,80})")
_OF = re.compile(r"[ \u00a0](?:of|for)(?: the)? $")
_AGE = re.compile(r",? (?:aged )?(\d{1,3})(?:,|\.| |\))|, (\d{1,3})$")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_LONGEST_HEADLINE = 200
_LONGEST_RUN = 9  # a longer run of capitals is a headline

PERSON_EVIDENCE = {
    "model says person": 3.0,
    "model says organisation or place": -3.0,  # as strong as its word for a person
    "honorific before": 5.0,  # "Mr", "Dr": only people have them
    "office before": 3.0,  # "minister", "spokesman": may also stand before an organisation's name ("director Shell")
    "first name": 2.0,  # a known first name, then another word
    "age after": 3.0,
    "is a source": 1.5,  # who speaks is a person more often than not
    "two to four words": 0.5,
    "organisation word": -4.0,
    "article before": -2.5,  # "the Pentagon"
    "label of a turn": 3.5,  # "WALLACE:", in an interview; the model knows few names in capitals
    "who after": 2.5,
    "role after": 1.5,  # "NAME, a nurse at the clinic": organisations have appositions, too
    "his or her after": 1.5,
    "organisation after": -4.0,
    "acronym": -4.0,  # "California ISO"
    "one word in capitals": -2.5,
    "initials": 2.0,  # "J.K. Rowling", "George W. Bush"
}
PERSON_FROM = 2.0


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
    def opens(self) -> bool:
        """Whether the word is no part of a name, but opens a sentence ("They’re") or stands in a headline."""
        return self.word in OPENERS or self.word.partition("'")[0] in OPENERS

    @property
    def office(self) -> bool:
        word = self.word.rpartition("-")[2]
        return word in OFFICES or (word.endswith("s") and singular(word) in OFFICES)  # "Senators A and B"


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


def find_named(document: Document, names: Sequence[Name], sources: Sequence[Span]) -> list[Named]:
    """Return the names in a text in order, none overlapping another. `sources` are spans known to name who speaks."""
    text = document.text
    labels = _Labels(names)
    speaking = _Labels([Name("person", span.start, span.end) for span in sources])
    headlines = _headlines(document)
    found: list[Named] = []
    for tokens in _runs(text, labels):
        headline = any(span.start <= tokens[0].start < span.end for span in headlines) if headlines else False
        for piece in _cut(text, tokens, labels, speaking if headline else None):
            named = _judge(text, piece, labels, speaking)
            if named is not None:
                named.headline = headline
                found.append(named)
    found.extend(_unseen(text, names, found))
    return sorted(found, key=lambda named: named.start)


class _Labels:
    """The model's names, for asking which of them lie in a span."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._ends = [name.end for name in self._names]

    def spans(self, start: int, end: int) -> bool:
        """Whether a name that is no person's runs over the words between two capitalised ones ("Securities and Exchange")."""
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


def _runs(text: str, labels: _Labels) -> Iterator[list[Token]]:
    """Yield the runs of capitalised words, two joined by "of" where the first ends like an organisation or an office."""
    pending: list[Token] = []
    for match in RUN.finditer(text):
        tokens = [
            Token(fold(m[0]), m.start(), m.end(), m[0].isupper())
            for m in _RUN_WORD.finditer(text, match.start(), match.end())
        ]
        if pending and (text[pending[-1].end : match.start()] == " & " or labels.spans(pending[-1].end, match.start())):
            pending += tokens
            continue
        if pending and _OF.fullmatch(text, pending[-1].end, match.start()):
            cut = _person_within(tokens, pending[-1].office)
            if pending[-1].word in ORGANISATION_WORDS:
                pending += tokens[:cut]
                tokens = tokens[cut:]
            elif pending[-1].office and cut < len(tokens):
                yield tokens[:cut]
                tokens = tokens[cut:]
            if not tokens:
                continue
        if pending and len(pending) <= _LONGEST_RUN:
            yield pending
        pending = tokens
    if pending and len(pending) <= _LONGEST_RUN:
        yield pending


def _person_within(tokens: list[Token], office: bool) -> int:
    """Return where a person's name begins behind a place or field: "District of Vermont | Ann Lee", "(Minister of) Trade | X Y"."""
    known = next((i for i in range(1, len(tokens) - 1) if is_first_name(tokens[i].word)), None)
    if known is not None:
        return known
    return 1 if office and len(tokens) >= 3 else len(tokens)


def _headlines(document: Document) -> list[Span]:
    """Return the paragraphs that are printed Like This: their capital letters say nothing about names."""
    found = []
    for paragraph in document.paragraphs:
        if paragraph.end - paragraph.start <= _LONGEST_HEADLINE:
            words = re.findall(r"(?<![\w’'])[^\W\d]{4,}", document.text[paragraph.start : paragraph.end])
            if len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words):
                found.append(paragraph)
    return found


def _cut(
    text: str, tokens: list[Token], labels: _Labels, headline: _Labels | None
) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield (titles, name) pieces of a run: cut where the model sees two names, and behind titles and offices.

    headline: the spans known to speak, if the run stands in a headline: there a name is only what these or the model see.
    """
    inside = labels.within(tokens[0].start, tokens[-1].end)
    if headline is not None:
        for name in inside or headline.within(tokens[0].start, tokens[-1].end):
            seen = [token for token in tokens if name.start <= token.start and token.end <= name.end]
            split = _titles_end(seen)
            if len(seen) <= 4:
                yield seen[:split], seen[split:]
        return
    for piece in _cut_at_labels(text, tokens, inside):
        part = _trim(piece, inside)
        if not part:
            continue
        whole = any(n.type != "person" and n.start <= part[0].start and n.end >= part[-1].end for n in inside)
        institution = whole and any(token.word in ORGANISATION_WORDS for token in part)  # "Prime Minister's Office"
        split = 0 if institution else _titles_end(part)
        yield part[:split], part[split:]


def _cut_at_labels(text: str, tokens: list[Token], inside: Sequence[Name]) -> Iterator[list[Token]]:
    cuts = [0]
    cuts.extend(i for i, token in enumerate(tokens) if i and token.opens and not _labelled(token, inside))
    for before, after in pairwise(inside):
        if after.start - before.end <= 1 and (before.type == "person") != (
            after.type == "person"
        ):  # an office between them would be a title
            cuts.extend(i for i, token in enumerate(tokens) if token.start == after.start)
    if len(inside) == 1 and inside[0].type == "person":  # "Massachusetts | Joshua Levy"
        cuts.extend(_model_start(text, tokens, inside[0]))
    cuts.append(len(tokens))
    for start, end in pairwise(sorted(cuts)):
        if end > start:
            yield tokens[start:end]


def _labelled(token: Token, inside: Sequence[Name]) -> bool:
    return any(name.start <= token.start < name.end for name in inside)


def _model_start(text: str, tokens: list[Token], name: Name) -> Iterator[int]:
    """Yield where the model's person begins, if the words before it belong to a place: "the District of | Vermont | Ann Lee"."""
    governed = text[: tokens[0].start].rstrip(" \u00a0").endswith((" of", " for", " in", " the"))
    if governed and not is_first_name(tokens[0].word):
        yield from (i for i, token in enumerate(tokens) if token.start == name.start and i and i < len(tokens) - 1)


def _trim(part: list[Token], inside: Sequence[Name]) -> list[Token]:
    """Drop the sentence's opening word, days and months, at both ends, where the model does not see a name begin."""
    starts = {name.start for name in inside}
    first, last = 0, len(part)
    while first < last and part[first].opens and part[first].start not in starts:
        first += 1
    while last - first > 2 and part[last - 1].word in POSTNOMINALS:  # "Aoife Brannigan TD"
        last -= 1
    while (
        last > first
        and part[last - 1].word in DAYS_AND_MONTHS
        and (last - first > 1 or part[first].start not in starts)
    ):
        last -= 1
    return part[first:last]


def _titles_end(part: list[Token]) -> int:
    """Return how many of the words, from the first, are titles, offices, and what stands before these."""
    for i in range(len(part) - 2, -1, -1):
        if part[i].word in KEPT_TITLES and i == len(part) - 2:
            return i
        if part[i].honorific:
            return i + 1
        if part[i].office and not _is_surname(part, i):
            return i + 1
    return 0


def _seen(labels: _Labels, core: list[Token]) -> bool:
    """Whether the model sees a person in these words, or an organisation that says so ("College of Surgeons")."""
    inside = labels.within(core[0].start, core[-1].end)
    return any(n.type == "person" for n in inside) or any(token.word in ORGANISATION_WORDS for token in core[:-1])


def _is_common(word: str) -> bool:
    return word in DOCUMENTS or singular(word) in DOCUMENTS or (word in PLURAL_PEOPLE and word != "police")


def _is_surname(part: list[Token], i: int) -> bool:
    """Whether the word of an office is a name here: "Theresa Major"."""
    return part[i].word in AMBIGUOUS_OFFICES and i > 0 and is_first_name(part[i - 1].word)


def _judge(text: str, piece: tuple[list[Token], list[Token]], labels: _Labels, speaking: _Labels) -> Named | None:
    titles, core = piece
    if not core or (len(core) == 1 and (core[0].office or core[0].honorific) and core[0].word not in AMBIGUOUS_OFFICES):
        return None
    start, end = core[0].start, core[-1].end
    if len(core) == 1 and _is_common(core[0].word) and not labels.within(start, end):
        return None  # "Data", "Officials" at the sentence's start
    if len(core) > 1 and core[-1].word in OFFICES and not _is_surname(core, len(core) - 1) and not _seen(labels, core):
        return None  # "the PAHO Director" is a description
    if (
        text[start:end].endswith(".")
        and core[-1].word not in {"jr", "sr", "inc", "ltd", "corp", "co"}
        and len(core[-1].word) > 1
    ):
        end -= 1
    inside = labels.within(start, end)
    words = name_words(text[start:end])
    if not words:
        return None
    gender = next((g for token in [*titles, core[0]] if (g := title_gender(token.word))), None)
    honorific = any(token.honorific for token in titles[-1:])
    begin = titles[0].start if titles else start
    speaks = any(
        source.start >= begin - 5 or _leads(text, source.start, begin) for source in speaking.within(start, end)
    )
    person = _person_evidence(text, titles, core, inside, speaks)
    if speaks and text[end : end + 1] == ":" and text[:begin].rstrip(" ")[-1:] in ("", "\n"):
        person += PERSON_EVIDENCE["label of a turn"]
    return Named(
        start,
        end,
        "person" if person >= PERSON_FROM else _other_kind(text, core, inside),
        words,
        begin,
        gender,
        bool(_POSSESSIVE.match(text, end)),
        honorific,
        speaks,
    )


def _leads(text: str, start: int, end: int) -> bool:
    """Whether nothing between a source's start and a name takes the name away from the source's head ("officials in X")."""
    lead = [fold(word) for word in text[start:end].split()]
    return not any(word in PREPOSITIONS for word in lead) or text[start:end].rstrip().endswith(",")


def _person_evidence(text: str, titles: list[Token], core: list[Token], inside: list[Name], source: bool) -> float:
    """Return the sum of the evidence that the words of `core` name a person."""
    start, end = core[0].start, core[-1].end
    before = fold(text[max(0, start - 24) : start].rpartition("\n")[2].strip().rpartition(" ")[2])
    last_title = titles[-1].word if titles else before
    evidence = {
        "model says person": any(name.type == "person" for name in inside),
        "model says organisation or place": bool(inside) and all(name.type != "person" for name in inside),
        "honorific before": (last_title in HONORIFICS and (bool(titles) or before[:1].isupper()))
        or core[0].word in KEPT_TITLES,
        "office before": last_title in PERSON_WORDS or last_title.rpartition("-")[2] in OFFICES,
        "first name": len(core) > 1 and is_first_name(core[0].word),
        "age after": bool((age := _AGE.match(text, end)) and 5 <= int(age[1] or age[2]) <= 110 and text[end] == ","),
        "is a source": source,
        **_signs_after(text, end, core, inside),
        "initials": len(core) > 1 and any(_INITIAL.fullmatch(text, t.start, t.end) for t in core),
        "two to four words": 2 <= len(core) <= 4,
        "organisation word": "&" in text[start:end] or any(token.word in ORGANISATION_WORDS for token in core),
        "article before": not titles and before in ARTICLES,
        "acronym": not text[start:end].isupper() and any(t.capitals and len(t.word) > 2 for t in core),
        "one word in capitals": len(core) == 1 and core[0].capitals and len(core[0].word) <= 5,
    }
    return sum(PERSON_EVIDENCE[kind] for kind, holds in evidence.items() if holds)


def _signs_after(text: str, end: int, core: list[Token], inside: list[Name]) -> dict[str, bool]:
    """Return what follows a name that nothing else is known of: "who", a role, "her"."""
    if inside or text[end : end + 1] not in (" ", ",") or singular(core[-1].word) in PERSON_WORDS:
        return {}
    apposition = text.startswith(", ", end) and role_behind(text, end) is not None
    return {
        "who after": text.startswith((" who ", ", who "), end),
        "role after": apposition,
        "organisation after": _is_organisation_after(text, end),
        "his or her after": len(core) > 1 and not apposition and bool(_HIS_OR_HER.match(text, end)),
    }


def _is_organisation_after(text: str, end: int) -> bool:
    """Whether the apposition behind a name says that it is an organisation: "NAME, a grid-storage company"."""
    match = _APPOSITION.match(text, end)
    return match is not None and head_of(match[1]) in ORGANISATION_HEADS


def _other_kind(text: str, core: list[Token], inside: list[Name]) -> NameKind:
    """Return what a name that is no person is: the model's word, if it saw the last word; else what the words say."""
    if _is_organisation_after(text, core[-1].end) or "&" in text[core[0].start : core[-1].end]:
        return "organisation"
    for name in inside:
        if name.type != "person" and name.end >= core[-1].end - 1:
            return name.type
    institution = any(token.word in ORGANISATION_WORDS or (token.capitals and len(token.word) > 2) for token in core)
    if (institution and len(core) > 1) or any(token.word in ORGANISATION_WORDS for token in core):
        return "organisation"
    return "place" if inside and inside[0].type == "place" else "unknown"


def _unseen(text: str, names: Sequence[Name], found: Sequence[Named]) -> Iterator[Named]:
    """Yield the model's names that no run holds (names in lower case, "of" inside an organisation's name)."""
    starts = [named.start for named in found]
    for name in names:
        at = bisect_right(starts, name.start) - 1
        overlaps = at >= 0 and found[at].end > name.start
        following = at + 1 < len(found) and found[at + 1].titles < name.end
        words = name_words(text[name.start : name.end])
        if not overlaps and not following and words and "\n" not in text[name.start : name.end]:
            yield Named(name.start, name.end, name.type, words, name.start)
