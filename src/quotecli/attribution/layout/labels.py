"""Labels: the words at the head of a paragraph that may say who speaks in it.

PENCE: Well, look …                          Jane Doe, farmer: “It leaks.”          • Jane Doe: “It leaks.”
[00:12:03] Jane Doe: Well …                  Jane Doe (Port Authority): Well …      Q1 Baroness Tilney: Who …?
Jane Doe (12:03):  and the words below       SPEAKER_01: Well …                     Jane Doe  0:12  and the words below
Jane Doe / Port Authority: Well …            **Jane Doe:** Well …                   Ms. DOE. Well …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from quotecli.naming.lexicon import PARTICLES, PERSON_WORDS
from quotecli.records import Span
from quotecli.text import Document

_TIME = r"(?:\d{1,2}(?:[:.]\d{2}){1,2}(?:[.,]\d{1,3})?(?:\s?[ap]\.?m\.?)?)"
_SPAN = rf"{_TIME}(?:\s*(?:--?>?|→|–|—)\s*{_TIME})?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s"
_TIMED = rf"(?:[\[(<](?:[^\])>\n:]{{0,20}}\s)?\s*{_SPAN}\s*[\])>]|(?:{_DAY})?{_SPAN})"
_WORD = r"[^\W\d_][\w.’'-]*"
OWN_NUMBER = r"(?:[Ss]peaker|SPEAKER|[Vv]oice|[Pp]articipant|[Ii]nterviewee|[Ww]itness|[Cc]aller)[ _]?(?:\d{1,3}|[A-Z])"
"""A voice that nobody knows, as machines and transcribers number it."""
_LABEL = re.compile(
    rf"""
    (?:(?P<item>[•*·▪◦‣●■–—-]|\(?\d{{1,3}}[.)]|\#\d{{1,4}}|>>+)\s+)?
    [\"“]?(?P<bold>\*\*|__)?
    (?:(?P<time>{_TIMED})\s*(?:[-–—|:]\s*)?)?
    (?:(?P<number>Q(?:uestion)?[. ]?\d{{1,3}}[.:)]?)\s+)?
    [\[<]?(?P<name>@\w+|{OWN_NUMBER}|{_WORD}(?:\ {_WORD}){{0,6}}?)[\]>]?
    (?P<role>,\ [^:“”"?!\n]{{2,90}}?|\s(?:[/|–—-]|--)\s[^:“”"?!*_\n]{{2,90}}?)?
    (?:\s?[\[(](?P<affiliation>[^\])\n:]{{2,80}})[\])]){{0,2}}
    (?:,?\s+(?:[-–—|@]\s*)?(?P<later>{_TIMED}))?
    (?(bold)(?:\*\*|__)?)
    \s?(?:(?P<colon>:|(?<=\s)[-–—](?=\s[“"‘]))(?(bold)(?:\*\*|__)?)(?:\s+(?=\S)|(?=[A-Z“"])|$)(?:[\[(]{_SPAN}[\])]\s*)?|$)
    """,
    re.VERBOSE,
)
_TITLE = re.compile(r"^(?:Mr|Ms|Mrs|Miss|Dr|The)\b\.? ?| of .*")
_OF_RECORD = re.compile(
    r"(?P<name>(?:Mr|Ms|Mrs|Miss|Dr|The)\.? (?:[A-Z]+[- ])*[A-Z][A-Z’'-]*[A-Z](?: of [A-Z][\w ]{2,20})?)"
    r"(?P<colon>\.) (?=\S)"
)
"""How parliaments print it: Ms. MALLORY. I will …"""
_QUESTION, _ANSWER = (
    re.compile(rf"(?P<name>{word})\s?\d{{0,3}}(?P<colon>[.:])(?:\s+(?=\S)|$)")
    for word in ("Q(?:uestion)?", "A(?:nswer)?")
)
LETTERS_AT_LEAST = 2
"""Questions, and answers, that make an interview."""

_IS_TIME = re.compile(_TIMED)
_PARTICLES = PARTICLES | frozenset(("'t", "’t", "in", "te", "the", "y", "of"))
"""Small words inside names."""

CLOCK = frozenset(
    "am pm gmt utc bst cet cest eet est edt cst cdt mst mdt pst pdt et ct mt pt aest aedt ist jst hkt sgt nzst".split()
)
"""Parts of a day and time zones."""
NOT_SPEAKERS = frozenset(
    """about abstract advertisement alert also analysis answer attachment attachments author authors background bcc
    breaking byline caption cast category cc conclusion contact contacts contents copyright correction credit
    date duration editors email e-mail embargo ends enquiries episode exclusive fig figure file from headline
    how image introduction key language listen live location media-contact more note notes opinion phone photo
    photos picture pictures place price publication published publisher q question read related result results
    review section sent share source sources subject summary table tags tel time title to topics transcript
    update updated venue verdict video warning watch web website what when where who why
    monday tuesday wednesday thursday friday saturday sunday today yesterday local""".split()
).union(CLOCK)
_NOT_SPEAKERS_WITHIN = re.compile(
    r"\b(?:notes? (?:to|for)|also see|see also|read (?:more|also|next)|for (?:more|further|immediate)|related|photo"
    r"|image|press (?:release|contact|office)|media (?:contact|enquiries|inquiries)|key (?:points|events|facts)"
    r"|editor['’]?s? note|last updated?|more (?:on|from|about)|picture|fact check|about (?:the|us)"
    r"|in (?:pictures|brief)|what (?:to|we)|how to)\b",
    re.IGNORECASE,
)


_TITLES = re.compile(
    r"\b(?:headline|title|subject|re|related|(?:read|see|watch|listen) (?:also|more|next|on)"
    r"|(?:also|must) (?:read|see|watch)|more (?:on|from|about)|recommended|trending|most read|up next|byline|publisher"
    r"|keywords?|tags)\b",
    re.IGNORECASE,
)
"""What is labelled so is a title, of this text or of another: nobody says it here, whoever the title names."""
_LETTERS = frozenset(("q", "question", "answer"))
_OWN = re.compile(r"\W{0,3}(?P<label>[^\W\d_][\w’'-]*(?: [\w’'-]+){0,3}):(?:\s|$)")


class Label(msgspec.Struct, frozen=True):
    """A label at the head of a paragraph; offsets into the text.

    name: the words that name who speaks; end: where what is said begins; colon: None for a name on a line of its own;
    timed: it gives a time, or a question's number; described: a role or a body behind the name; item: it is a list's
    item; alone: nothing else stands in its paragraph.
    """

    text: str
    name: Span
    end: int
    colon: Span | None
    alone: bool
    timed: bool = False
    described: bool = False
    item: bool = False

    @property
    def surname(self) -> str:
        """The last word of the name, folded."""
        return self.text.rsplit(maxsplit=1)[-1].casefold()

    @property
    def shouts(self) -> bool:
        """Whether the name stands in capitals; a headline's does not ("Pence: We will win")."""
        return _TITLE.sub("", self.text).isupper() and len(self.text) > 1

    @property
    def is_handle(self) -> bool:
        return self.text.startswith("@")

    @property
    def is_numbered_voice(self) -> bool:
        """Whether a machine wrote it for a voice that it does not know ("SPEAKER_01")."""
        return re.fullmatch(OWN_NUMBER, self.text) is not None

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a line of its own marks it."""
        return self.colon is None and not self.timed

    @property
    def is_full_name(self) -> bool:
        """Whether it has the shape of a name of several words."""
        return " " in self.text


def labels(document: Document) -> dict[int, Label]:
    """Return what may be labels of speakers, by the number of the paragraph that each opens."""
    found = ((i, _label(document.text, p)) for i, p in enumerate(document.paragraphs))
    known = {i: label for i, label in found if label is not None}
    return {i: _timed_below(document, i, label) if label.is_bare else label for i, label in known.items()}


def _timed_below(document: Document, place: int, label: Label) -> Label:
    """Return a name on a line of its own as one with a time, if the next line is one."""
    below = document.paragraphs[place + 1 : place + 2]
    timed = any(_IS_TIME.fullmatch(document.text, line.start, line.end) for line in below)
    return msgspec.structs.replace(label, timed=timed)


def own_label(text: str, paragraph: Span) -> int | None:
    """Return where a label of the page itself that opens the paragraph ends ("Notes to editors:"); the paragraph's end
    where it labels a title; None without one."""
    match = _OWN.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    words = match["label"].casefold()
    if _TITLES.fullmatch(words):
        return paragraph.end
    return match.end() if words in NOT_SPEAKERS - _LETTERS or _NOT_SPEAKERS_WITHIN.search(words) else None


def lettered(document: Document) -> dict[int, Label | None]:
    """Return the labels of the answers where questions and answers are marked "Q." and "A."; None for the questions."""
    asked, answered = (dict(_opened(document, letter)) for letter in (_QUESTION, _ANSWER))
    if min(len(asked), len(answered)) < LETTERS_AT_LEAST:
        return {}
    return {**dict.fromkeys(asked), **{place: _letter(document, place, match) for place, match in answered.items()}}


def _opened(document: Document, label: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for place, paragraph in enumerate(document.paragraphs):
        if match := label.match(document.text, paragraph.start, paragraph.end):
            yield place, match


def _letter(document: Document, place: int, match: re.Match[str]) -> Label:
    return Label(
        text=match["name"],
        name=Span(*match.span("name")),
        end=match.end(),
        colon=Span(*match.span("colon")),
        alone=match.end() >= document.paragraphs[place].end,
    )


def _label(text: str, paragraph: Span) -> Label | None:
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if (
        match is None
        or not _is_name(match["name"])
        or (match["colon"] is None and (match["role"] or "").startswith(","))
    ):
        return _of_record(text, paragraph)
    return Label(
        text=match["name"],
        name=Span(*match.span("name")),
        end=match.end(),
        colon=Span(*match.span("colon")) if match["colon"] else None,
        timed=bool(match["time"] or match["later"] or match["number"] or _is_time(match["affiliation"])),
        described=bool(match["role"] or (match["affiliation"] and not _is_time(match["affiliation"]))),
        item=bool(match["item"]),
        alone=match.end() >= paragraph.end,
    )


def _of_record(text: str, paragraph: Span) -> Label | None:
    match = _OF_RECORD.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    name = Span(*match.span("name"))
    return Label(text=match["name"], name=name, end=match.end(), colon=Span(*match.span("colon")), alone=False)


def _is_time(words: str | None) -> bool:
    return words is not None and re.fullmatch(_TIME, words.strip()) is not None


def _is_name(name: str) -> bool:
    """Whether the words may name a speaker: capitals, but for particles of names, and no word of the page itself."""
    words = name.split()
    if name.startswith("@") or re.fullmatch(OWN_NUMBER, name):
        return True
    if not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    if any(not (word[0].isupper() or word in _PARTICLES) for word in _behind_role(words)):
        return False
    return not (
        words[0].casefold() in NOT_SPEAKERS or name.casefold() in NOT_SPEAKERS or _NOT_SPEAKERS_WITHIN.search(name)
    )


def _behind_role(words: list[str]) -> list[str]:
    """Return the name behind a role in small letters: "Fire chief | Max Trent"; all words where there is none."""
    behind = words[2:] if words[1:2] and words[1] in PERSON_WORDS else words
    return behind if len(behind) > 1 else words
