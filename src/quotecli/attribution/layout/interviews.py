"""Interviews without labels: the answers stand below questions that nobody is quoted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.labels import labels
from quotecli.attribution.layout.lines import FIRST_PERSON, Lines
from quotecli.attribution.layout.turns import EDITED
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

QUESTIONS_AT_LEAST = 2
MANY_QUESTIONS = 3
LONGEST_ANSWER = 8
"""Paragraphs."""

FIRST_PERSON_SHARE = 0.5
"""Of the answers: who answers says "I" or "we"; an explainer's answers seldom do."""

CONFIDENCE = 0.75

TOLD = re.compile(
    r"""\binterview(?:s|ed|ing)?\b | \bQ\ ?(?:&|and)\ ?A\b | \bin\ conversation\b | \bconversation\ with\b
    | \b(?:spoke|speaks|talks|talked|chats|chatted)\ (?:to|with|about)\b
    | \b(?:sat|sits|sitting)\ down\ with\b | \bcaught\ up\ with\b
    | \b(?:asked|asks|answers?|answered|tells|told|explains?|reflects?|discuss(?:es|ed)?|shares)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of an introduction that announce an interview."""


def answers(
    document: Document, names: Sequence[Name], lines: Lines, turns: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield the paragraphs that answer the questions of an interview, where its introduction says who is asked.

    turns: the labelled ones, which have their speakers already. An answer's source is the name in the introduction.
    """
    taken = {lines.at(turn.content[0].start) for turn in turns}
    questions = [place for place in range(len(document.paragraphs)) if _is_question(document, lines, place)]
    if len(questions) < QUESTIONS_AT_LEAST:
        return
    blocks = [_answer(document, lines, place, questions, taken) for place in questions if place not in taken]
    blocks = [block for block in blocks if block]
    personal = sum(any(FIRST_PERSON.search(lines.words(i)) for i in block) for block in blocks)
    if not blocks or personal < FIRST_PERSON_SHARE * len(blocks):
        return
    asked = _asked(document, names, lines, questions[0], asked_often=len(blocks) >= MANY_QUESTIONS)
    if asked is None or _is_about(lines, blocks, _surname(document, asked)):
        return
    labelled = labels(document)
    for place in (place for block in blocks for place in block):
        content, label = document.paragraphs[place], labelled.get(place)
        if label is None or label.colon is None or label.alone:
            yield Attribution(content=(content,), source=asked, confidence=CONFIDENCE)
        elif _is_short_for(label.text, document.text[asked.start : asked.end]):
            source = label.name if label.surname in document.text[asked.start : asked.end].casefold() else asked
            yield Attribution(content=(Span(label.end, content.end),), source=source, confidence=CONFIDENCE)


def _is_short_for(label: str, name: str) -> bool:
    """Whether a label means that name: a part of it, or its initials ("PL")."""
    words = name.casefold().split()
    letters = label.replace(".", "").casefold()
    return letters == "".join(word[0] for word in words) or set(label.casefold().split()) <= set(words)


def _is_question(document: Document, lines: Lines, place: int) -> bool:
    """Whether a paragraph asks, in the interviewer's own voice: it ends with a question outside quotation marks."""
    paragraph = document.paragraphs[place]
    return lines.ends_with_question(place) and not document.quotations_touching(paragraph.end - 1, paragraph.end)


def _answer(document: Document, lines: Lines, place: int, questions: Sequence[int], taken: set[int]) -> list[int]:
    """Return the paragraphs of the answer to the question in paragraph `place`; of the last one, the first alone."""
    following = next((later for later in questions if later > place), None)
    end = min(place + 2 if following is None else following, place + 1 + LONGEST_ANSWER, len(document.paragraphs))
    block = []
    for i in range(place + 1, end):
        if i in taken or EDITED.match(lines.words(i)):
            break
        if not (lines.is_furniture(i) or document.quotations_touching(*_edges(document.paragraphs[i]))):
            block.append(i)
    return block


def _edges(paragraph: Span) -> tuple[int, int]:
    """Return the first character: an answer that is set in quotation marks is a quotation like any other."""
    return paragraph.start, paragraph.start + 1


def _asked(document: Document, names: Sequence[Name], lines: Lines, first: int, *, asked_often: bool) -> Span | None:
    """Return where the introduction above the first question names the one who is asked, by the fullest name.

    The introduction tells of an interview; or, where there are many questions, names nobody else.
    """
    start = document.paragraphs[first].start
    told = {place for place in range(first) if TOLD.search(lines.words(place))}
    people = [name for name in names if name.type == "person" and name.start < start and not _is_byline(document, name)]
    often = Counter(_surname(document, name) for name in people).most_common(2)
    if not often or (len(often) > 1 and often[1][1] == often[0][1]):
        return None
    mine = [name for name in people if _surname(document, name) == often[0][0]]
    alone = len(often) == 1 and asked_often
    if not alone and not any(lines.at(name.start) in told for name in mine):
        return None
    fullest = max(mine, key=lambda name: (document.text[name.start : name.end].count(" "), name.start))
    return Span(fullest.start, fullest.end)


def _is_about(lines: Lines, blocks: Sequence[Sequence[int]], surname: str) -> bool:
    """Whether what would be answers tell of the one who is asked: nobody speaks so of themselves."""
    about = re.compile(rf"\b{re.escape(surname)}\b(?!:)", re.IGNORECASE)
    return any(about.search(lines.words(place)) for block in blocks for place in block)


def _is_byline(document: Document, name: Name) -> bool:
    return document.text[max(0, name.start - 3) : name.start].lower() == "by "


def _surname(document: Document, name: Name | Span) -> str:
    return document.text[name.start : name.end].rsplit(maxsplit=1)[-1].casefold()
