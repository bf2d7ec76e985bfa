"""The names of a text: the network's, repaired and completed by how names are written.

A name is a run of capitalised words ("Interior Minister NAME"), cut where titles and offices end. What remains is a
person or not by the evidence around it; the network's label is one piece of that evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from quotecli.attribution.mentions.kinds import Named, kind_of
from quotecli.attribution.mentions.pieces import headline_pieces, pieces, titles_end
from quotecli.attribution.mentions.tokens import Token, find_runs
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    AMBIGUOUS_OFFICES,
    BILL_WORDS,
    DOCUMENTS,
    OFFICES,
    OPENERS,
    PERSON_WORDS,
    PLURAL_PEOPLE,
    SMALL_WORDS,
    is_first_name,
    title_gender,
)
from quotecli.naming.names import name_words
from quotecli.records import Span
from quotecli.text.document import ENDS_SENTENCE, Document

__all__ = ["Named", "find_named"]

_ACRONYM = re.compile(r"\(([A-Z]{3,7})\)")
_NAME_WORD = re.compile(r"[\w'’]+(?:-\w+)*")
_LONGEST_NAME = 90
_LONGEST_HEADLINE = 200
_LONG_WORD = re.compile(r"(?<![\w’'])[^\W\d]{4,}")
_QUALIFIES = re.compile(r"\w{4,}(?:al|ic|ive|ous|ary) and [a-z]")
_LINKED = re.compile(r" (?:to|for|of|at|from|in|on)\b")
_NO_NAME = re.compile(r"[RDI]-[A-Z][\w.]*")  # a party and a state
_NICKNAMED = re.compile(
    r"\b(?:nickname[ds]?|dubbed|monikers?|teased as|mocked as)\b[^.“”\"\n]{0,40}[“\"‘'](?:[Tt]he )?\Z"
)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_MID_WORD = re.compile(r"(?<=[\w.])\w")
_NUMBER = re.compile(r"[\u00a0 ](?:No\. )?[A-Z]?-?\d[\w/–-]*")
_STOPPED = frozenset(("jr", "sr", "inc", "ltd", "corp", "co"))


def find_named(document: Document, names: Sequence[Name], sources: Sequence[Span]) -> list[Named]:
    """Return the names in a text in order, none overlapping another. `sources` are spans known to name who speaks."""
    return sorted(_Finder(document, names, sources).found(), key=lambda named: named.start)


def _offsets(spans: Iterable[Span | Name | Token]) -> frozenset[int]:
    return frozenset(offset for span in spans for offset in range(span.start, span.end))


class _Finder:
    def __init__(self, document: Document, names: Sequence[Name], sources: Sequence[Span]) -> None:
        self.text = document.text
        self.labels = _with_defined(self.text, names)
        self.sources = sources
        self.speaking = _offsets(sources)
        self.headlines = _offsets(
            span for span in document.paragraphs if _is_headline(self.text[span.start : span.end])
        )
        self.runs = list(find_runs(self.text, self.labels))
        self.surnames = {run[-1].word for run in self.runs if _ends_surname(run)}

    def found(self) -> Iterator[Named]:
        yield from self._outside()
        for run in self.runs:
            if bill := self._bill(run):
                yield bill
                continue
            yield from filter(None, map(self._named, self._pieces(run)))

    def _outside(self) -> Iterator[Named]:
        """Yield what the network sees outside the runs: "iPod", and names in a long line that is printed Like This."""
        held = _offsets(token for run in self.runs for token in run)
        for label in self.labels:
            words = name_words(self.text[label.start : label.end])
            inside = _MID_WORD.match(self.text, label.start)  # "Apple AAPL.O"
            if not (SMALL_WORDS.issuperset(words) or inside) and held.isdisjoint(range(label.start, label.end)):
                owns = _POSSESSIVE.match(self.text, label.end) is not None
                yield Named(label.start, label.end, label.type, words, label.start, possessive=owns)

    def _pieces(self, run: list[Token]) -> Iterable[list[Token]]:
        if run[0].start in self.headlines:
            return headline_pieces(run, self.sources)
        return [run] if run[0].word in self.surnames and len(run) == 1 else pieces(self.text, run)

    def _named(self, part: list[Token]) -> Named | None:
        """Return the name that these words are, None where they are only a title, a common word, or a description."""
        split = titles_end(self.text, part)
        titles, name = part[:split], part[split:]
        text, start, end = self.text, name[0].start, _end_of(self.text, name)
        speaks = not self.speaking.isdisjoint(range(start, end))
        surname = name[-1].word in self.surnames
        words = name_words(text[start:end])
        nickname = _NICKNAMED.search(text, max(0, start - 60), start)
        if not words or nickname or not (surname or _names_someone(text, name)):
            return None
        gendered = titles if surname else [*titles, name[0]]  # "King said", of Nora King
        return Named(
            start,
            end,
            kind_of(text, titles, name, speaks=speaks),
            words,
            part[0].start,
            next((gender for token in gendered if (gender := title_gender(token.word))), None),
            _POSSESSIVE.match(text, end) is not None,
            bool(titles) and titles[-1].honorific,
            speaks,
            part[0].start in self.headlines,
        )

    def _bill(self, run: list[Token]) -> Named | None:
        """Return the document that words and a number name: "SB 1015", "Senate Bill 25"."""
        number = _NUMBER.match(self.text, run[-1].end) if run[-1].word in BILL_WORDS else None
        if number is None:
            return None
        start = next((token for token in run if not token.opens), run[-1]).start
        return Named(start, number.end(), "document", name_words(self.text[start : number.end()]), start)


def _is_headline(paragraph: str) -> bool:
    """Whether a paragraph is printed Like This: its capital letters say nothing about names."""
    words = _LONG_WORD.findall(paragraph)
    fewest, share = (5, 0.9) if paragraph[-1] in ENDS_SENTENCE else (3, 0.75)
    capitals = sum(word[0].isupper() for word in words)
    return len(paragraph) <= _LONGEST_HEADLINE and len(words) >= fewest and capitals >= share * len(words)


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
        if not letters:
            defined.append(Name("organisation", start, acronym.start() - 1))
    kept = [name for name in names if not any(one.start < name.end and name.start < one.end for one in defined)]
    return sorted(kept + defined, key=lambda name: name.start)


def _ends_surname(run: Sequence[Token]) -> bool:
    """Whether a small word or a title ends a person's full name: "Brian To", "Nora King"."""
    if not 2 <= len(run) <= 4:
        return False
    return is_first_name(run[-2].word) and (run[-1].word in OPENERS or run[-1].office or run[-1].honorific)


def _end_of(text: str, name: Sequence[Token]) -> int:
    """Return where a name ends: without a sentence's full stop, but with that of "Jr." or an initial."""
    last = name[-1]
    stop = text[last.end - 1] == "." and "." not in last.word and last.word not in _STOPPED
    return last.end - stop


def _names_someone(text: str, name: Sequence[Token]) -> bool:
    """Whether words are more than a title, a common word, or a description."""
    first, last = name[0], name[-1]
    if len(name) > 1:  # "the PAHO Director"
        return last.word not in OFFICES or any(token.person for token in name)
    title = first.office or first.honorific
    if first.word in AMBIGUOUS_OFFICES:
        title = text.startswith(" of ", first.end)  # "Bishop said", but "NAME, Bishop of Thornbury"
    if title:
        return first.capitals and first.label is not None and not first.person
    if _NO_NAME.fullmatch(text, first.start, first.end):
        return False
    number = any(map(str.isdigit, first.word))  # "Sh40 million"
    if first.label is not None and not (first.person and number):
        return True
    describes = _LINKED.match(text, last.end) or text.endswith("\n", 0, first.start)
    if describes and first.word in PERSON_WORDS:
        return False  # "Counsel to the inquiry", "Suspect told officers"
    qualifies = _QUALIFIES.match(text, first.start)  # "Environmental and poverty campaigners"
    return not (number or qualifies or first.word in DOCUMENTS or first.word in PLURAL_PEOPLE - {"police"})
