"""The names of a text: the network's, repaired and completed by how names are written.

A name is a run of capitalised words ("Interior Minister NAME"), cut where titles and offices end. What remains is a
person or not by the evidence around it; the network's label is one piece of that evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from quotecli.attribution.speakers.evidence import NameKind, is_organisation_after, kind_of
from quotecli.attribution.speakers.headlines import datelines, find_headlines, opens_with_no_name
from quotecli.attribution.speakers.pieces import headline_pieces, pieces
from quotecli.attribution.speakers.tokens import Token, find_runs
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    AMBIGUOUS_OFFICES,
    BILL_WORDS,
    DAYS_AND_MONTHS,
    DOCUMENTS,
    LEGAL_FORMS,
    OFFICES,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLURAL_PEOPLE,
    POSTNOMINALS,
    SMALL_WORDS,
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

_ACRONYM = re.compile(r"\(([A-Z]{3,7})\)")
_NAME_WORD = re.compile(r"[\w'’]+(?:-\w+)*")
_LONGEST_NAME = 90
_LONGEST_RUN = 9  # a longer run of capitals is a headline
_LINKED = re.compile(r" (?:to|for|of|at|from|in|on)\b")
_NO_NAME = re.compile(r"[RDI]-[A-Z][\w.]*")  # a party and a state
_NICKNAMED = re.compile(
    r"\b(?:nickname[ds]?|dubbed|monikers?|teased as|mocked as)\b[^.“”\"\n]{0,40}[“\"‘'](?:[Tt]he )?\Z"
)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_NUMBER = re.compile(r"[\u00a0 ](?:No\. )?[A-Z]?-?\d[\w/–-]*")
_BEHIND_NAMES = POSTNOMINALS | LEGAL_FORMS
_CHAMBERS = frozenset(("senate", "house", "assembly"))
_ARTICLE = ("the ", "The ", " a ", " an ")
_STOPPED = frozenset(("jr", "sr", "inc", "ltd", "corp", "co"))


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
    shown: str | None = None  # where that is not its own words ("Thomas" of "Thomas and Rachel Gallagher")
    institution: bool = False  # said to be one: "NAME, a grid-storage company"


def find_named(document: Document, names: Sequence[Name], sources: Sequence[Span]) -> list[Named]:
    """Return the names in a text in order, none overlapping another. `sources` are spans known to name who speaks."""
    return sorted(_Finder(document, names, sources).found(), key=lambda named: named.start)


class _Spans:
    """Spans, for asking which of them meet a stretch of the text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def near(self, start: int, end: int) -> Sequence[Span]:
        """Return a few of them, all those that meet the stretch among them."""
        return self._spans[bisect_right(self._reach, start) : bisect_left(self._starts, end)]

    def meet(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


class _Finder:
    def __init__(self, document: Document, names: Sequence[Name], sources: Sequence[Span]) -> None:
        self.text = document.text
        self.labels = _with_defined(self.text, names)
        self.speaking = _Spans(sources)
        self.headed = opens_with_no_name(document, self.labels)
        self.headlines = _Spans(find_headlines(document))
        self.datelines = _Spans(list(datelines(document)))
        self.surnames: frozenset[str] = frozenset()

    def found(self) -> Iterator[Named]:
        runs = [run for run in find_runs(self.text, self.labels) if len(run) <= _LONGEST_RUN]
        if self.headed and runs and len(runs[0]) > 1 and runs[0][0].start == self.labels[0].start:
            del runs[0][0]
        yield from self._outside(runs)
        self.surnames = frozenset(run[-1].word for run in runs if _ends_surname(run))
        for run in runs:
            if self.datelines.meet(run[0].start, run[0].end):
                continue
            if bill := self._bill(run):
                yield bill
                continue
            headline = self.headlines.meet(run[0].start, run[0].end)
            for titles, name in self._pieces(run, headline=headline):
                if name and (named := self._named(titles, name)):
                    named.headline = headline
                    yield named

    def _outside(self, runs: Sequence[list[Token]]) -> Iterator[Named]:
        """Yield what the network sees outside the runs: "iPod", and names in a long line that is printed Like This."""
        held = _Spans([Span(token.start, token.end) for run in runs for token in run])
        for label in self.labels:
            words = () if held.meet(label.start, label.end) else name_words(self.text[label.start : label.end])
            if words and "\n" not in self.text[label.start : label.end]:
                owns = _POSSESSIVE.match(self.text, label.end) is not None
                yield Named(label.start, label.end, label.type, words, label.start, possessive=owns)

    def _pieces(self, run: list[Token], *, headline: bool) -> Iterator[tuple[list[Token], list[Token]]]:
        if headline:
            yield from headline_pieces(self.text, run, self.speaking.near(run[0].start, run[-1].end))
        elif len(run) > 1:
            yield from pieces(self.text, run)
        elif run[0].label is not None or not run[0].opens or run[0].word in self.surnames:
            yield [], run

    def _named(self, titles: list[Token], name: list[Token]) -> Named | None:
        """Return the name that these words are, None where they are only a title, a common word, or a description."""
        if _is_trade(self.text, name):
            titles, name = [*titles, name[0]], name[1:]
        text, start, end = self.text, name[0].start, _end_of(self.text, name)
        begin = titles[0].start if titles else start
        speaks = self.speaking.meet(start, end)
        surname = name[-1].word in self.surnames and (len(name) > 1 or self._is_surname(titles, name[0]))
        words = name_words(text[start:end])
        nickname = _NICKNAMED.search(text, max(0, start - 60), start)
        if not words or nickname or not (surname or _names_someone(text, name)):
            return None
        gendered = titles if surname and len(name) == 1 else [*titles, name[0]]  # "King said", of Nora King
        return Named(
            start,
            end,
            kind_of(text, titles, name, speaks=speaks),
            words,
            begin,
            next((gender for token in gendered if (gender := title_gender(token.word))), None),
            _POSSESSIVE.match(text, end) is not None,
            bool(titles) and titles[-1].honorific,
            speaks,
            institution=is_organisation_after(text, end),
        )

    def _is_surname(self, titles: list[Token], token: Token) -> bool:
        """Whether a title or small word that is somebody's surname in the article is one here: "Mr King", "To said"."""
        if titles:
            return True
        speaks = any(span.start == token.start for span in self.speaking.near(token.start, token.end))
        return not self.text.endswith(_ARTICLE, 0, token.start) and (speaks or not token.opens)

    def _bill(self, run: list[Token]) -> Named | None:
        """Return the document that words and a number name: "SB 1015", "Senate Bill 25"."""
        number = _NUMBER.match(self.text, run[-1].end) if fold(run[-1].word) in BILL_WORDS else None
        if number is None:
            return None
        start = next((token for token in run if token.word in _CHAMBERS), run[-1]).start
        return Named(start, number.end(), "document", name_words(self.text[start : number.end()]), start)


def _is_trade(text: str, name: list[Token]) -> bool:
    """Whether a full name opens a sentence behind a word that the text also writes small: "Evacuee NAME"."""
    if len(name) < 3 or is_first_name(name[0].word) or not is_first_name(name[1].word):
        return False
    before = end_before(text, name[0].start)
    if before and text[before - 1] not in '.!?”"':
        return False
    return re.search(rf"(?<=[a-z,] ){re.escape(name[0].word)}s?\b", text) is not None


def _with_defined(text: str, names: Sequence[Name]) -> list[Name]:
    """Return the network's names with those in front of their acronyms, "People's Front for Renewal (PFR)": as many
    words back as it has letters, small ones between (Schwartz and Hearst 2003)."""
    defined = []
    for acronym in _ACRONYM.finditer(text):
        letters, start = acronym[1], acronym.start()
        for match in reversed(list(_NAME_WORD.finditer(text, max(0, start - _LONGEST_NAME), start))):
            if letters and match[0][0] == letters[-1]:
                letters, start = letters[:-1], match.start()
            elif match[0] not in SMALL_WORDS:
                break
        if not letters and not any(fold(word) in OFFICES for word in text[start : acronym.start()].split()):
            defined.append(Name("organisation", start, acronym.start() - 1))
    kept = [name for name in names if not any(one.start < name.end and name.start < one.end for one in defined)]
    return sorted(kept + defined, key=lambda name: name.start)


def _ends_surname(run: Sequence[Token]) -> bool:
    """Whether a small word or a title ends a person's full name: "Brian To", "Nora King"."""
    if not 2 <= len(run) <= 4:
        return False
    before, last = run[-2:]
    if not (last.opens or _is_title(last)) or last.word in DAYS_AND_MONTHS:
        return False
    if before.opens or _is_title(before) or before.word in ORGANISATION_WORDS:
        return False
    seen = len(run) == 2 and before.person and before.label is last.label
    return seen or is_first_name(before.word)


def _is_title(token: Token) -> bool:
    """Whether the word can be a title: "Mr", "minister", and "monk", which shows a gender."""
    return token.honorific or token.office or title_gender(token.word) is not None


def _end_of(text: str, name: Sequence[Token]) -> int:
    """Return where a name ends: without a sentence's full stop, but with that of "Jr." or an initial."""
    last = name[-1]
    stop = text[last.end - 1] == "." and "." not in last.word and last.word not in _STOPPED
    return last.end - stop


def _names_someone(text: str, name: Sequence[Token]) -> bool:
    """Whether words are more than a title, a common word, or a description."""
    first, last = name[0], name[-1]
    if len(name) > 1:  # "the PAHO Director"
        named = last.word not in OFFICES or (last.word in AMBIGUOUS_OFFICES and is_first_name(name[-2].word))
        return named or any(token.person for token in name)
    title = (first.office or first.honorific) and first.word not in AMBIGUOUS_OFFICES
    if title or first.word in _BEHIND_NAMES:
        return first.capitals and first.label is not None and not first.person
    if _NO_NAME.fullmatch(text, first.start, first.end):
        return False
    if first.label is not None and not (first.person and any(map(str.isdigit, first.word))):
        return True
    describes = _LINKED.match(text, last.end) or text.endswith("\n", 0, first.start)
    if describes and first.word in PERSON_WORDS and not is_first_name(first.word):
        return False  # "Counsel to the inquiry", "Suspect told officers"
    return not (any(map(str.isdigit, first.word)) or _is_common(first.word))  # "Sh40 million"; "Data"


def _is_common(word: str) -> bool:
    return word in DOCUMENTS or singular(word) in DOCUMENTS or (word in PLURAL_PEOPLE and word != "police")
