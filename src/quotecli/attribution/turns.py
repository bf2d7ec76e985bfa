"""Attributions that the page's layout makes, not a verb: speaker labels and signed quotations.

PENCE: Well, look …            a turn of a transcript or an interview, labelled with its speaker
“He scares me.” ― Ana Cruz     a quotation signed behind a dash
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

LABEL = re.compile(
    r"[\"“]?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})"
    r"(?:, (?:HOST|BYLINE|MODERATOR|[A-Z ]*(?:CORRESPONDENT|ANCHOR|REPORTER)))?(?P<colon>:)(?:\s+(?=\S)|$)"
)
QUESTION, ANSWER = (
    re.compile(rf"(?P<name>{word})(?P<colon>[.:])\s+(?=\S)") for word in ("Q(?:uestion)?", "A(?:nswer)?")
)
ASIDE = re.compile(r"[\"“]?[(\[][^)\]]+[)\]]\W*")  # "(CROSSTALK)", "[Laughter]"
NOT_SPEAKERS = frozenset("q question photo image picture video source sources credit related update note read".split())
SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--)\s*(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]*\w){1,4})(?=,|\.?\s*$)", re.MULTILINE
)
TURNS_AT_LEAST = 2
"""A label that occurs once may be anything ("Result: …"); a speaker speaks again."""


TRANSCRIPT_TURNS = 6
LONGEST_ANSWER = 6
"""Paragraphs: an unlabelled one behind an answer goes on with it, if a question follows soon."""


def turns(document: Document, names: Sequence[Name]) -> list[Attribution]:
    """Return the labelled turns of `document`: the label is the source, the colon the cue, the rest the content."""
    answers = _answers(document)
    labels = answers or _labels(document, names)
    transcript = _is_transcript(labels)
    return [
        turn
        for place, label in sorted(labels.items())
        for turn in _turn(document, labels, place, LONGEST_ANSWER if answers or (transcript and _shouts(label)) else 1)
    ]


def _shouts(label: re.Match[str] | None) -> bool:
    """Whether a label stands in capitals; a headline's does not ("Pence: We will win")."""
    return label is not None and label["name"].isupper()


def _turn(
    document: Document, labels: dict[int, re.Match[str] | None], place: int, longest: int
) -> Iterator[Attribution]:
    """Yield the turn that begins in paragraph `place`, one attribution for each of its paragraphs."""
    match = labels[place]
    if match is None:
        return
    following = next((later for later in range(place + 1, place + 1 + longest) if later in labels), place + 1)
    alone = match.end() >= document.paragraphs[place].end  # "NAME, HOST:", and the words below
    if alone:
        following = max(following, place + 2)
    for paragraph in document.paragraphs[place + alone : following]:
        if ASIDE.fullmatch(document.text, paragraph.start, paragraph.end):
            continue
        yield Attribution(
            content=(Span(max(match.end(), paragraph.start), paragraph.end),),
            source=Span(*match.span("name")),
            cue=Span(*match.span("colon")),
            confidence=0.9,
        )


def _is_transcript(labels: dict[int, re.Match[str] | None]) -> bool:
    """Whether the labels make up most of the text: there, a paragraph without one goes on with the turn before."""
    turns = sum(match is not None for match in labels.values())
    return turns >= TRANSCRIPT_TURNS and 2 * len(labels) >= max(labels) - min(labels)


def _labels(document: Document, names: Sequence[Name]) -> dict[int, re.Match[str] | None]:
    """Return the labels of speakers, by the paragraphs that they open; None for a label that is no speaker."""
    found = _opening(document, LABEL)
    often = Counter(_surname(match["name"]) for match in found.values())
    people = {_surname(document.text[name.start : name.end]) for name in names if name.type == "person"}
    return {
        i: match if often[_surname(match["name"])] >= TURNS_AT_LEAST and _is_speaker(match["name"], people) else None
        for i, match in found.items()
    }


def _answers(document: Document) -> dict[int, re.Match[str] | None]:
    """Return the answers of an interview that is printed with "Q." and "A."; None for its questions."""
    asked, answered = (_opening(document, label) for label in (QUESTION, ANSWER))
    if min(len(asked), len(answered)) < TURNS_AT_LEAST:
        return {}
    return {**dict.fromkeys(asked), **answered}


def _opening(document: Document, label: re.Pattern[str]) -> dict[int, re.Match[str]]:
    paragraphs = enumerate(document.paragraphs)
    return {i: match for i, p in paragraphs if (match := label.match(document.text, p.start, p.end))}


def signed(document: Document) -> Iterator[tuple[Span, Span, Span]]:
    """Yield (quotation, dash, name) of each quotation that is a paragraph's last word but for its signature."""
    for quotation in document.quotations:
        match = SIGNATURE.match(document.text, quotation.end)
        if match:
            yield Span(quotation.start, quotation.end), Span(*match.span("dash")), Span(*match.span("name"))


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()


def _is_speaker(label: str, people: set[str]) -> bool:
    if label.casefold() in NOT_SPEAKERS:
        return False
    return _surname(label) in people or (label.isupper() and len(label) > 1)
