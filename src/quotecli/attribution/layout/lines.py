"""Lines of an article that are no sentences: times, buttons, credits, headings. Nobody says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.labels import own_label
from quotecli.records import Span
from quotecli.text import Document

HEADING_WORDS = 14
PROSE_WORDS = 6
ANNOUNCED_WITHIN = 3
"""Paragraphs below a quoted heading in which the words that it announces are quoted."""

ANNOUNCED_CONFIDENCE = 0.6

ENTRIES_AT_LEAST = 3
"""Times of day on lines of their own that make a text a live blog."""

_TIME = r"(?:\d{1,2}(?:[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?)(?:\s(?:[A-Z]{2,5}|local\ time))?)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?"
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?)"
_DATE = rf"""(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?
    |\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"""
_UNIT = r"(?:[smhd]|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?)"
_AGO = rf"(?:just\ now|(?:\d{{1,3}}|an?)\s?{_UNIT}\.?\s(?:ago|read))"
_WHEN = rf"""(?:(?:(?:first|last)\ )?(?:published|updated|posted|modified|edited)(?:\ (?:at|on))?:?\s)?
    (?>{_AGO}|{_TIME}|{_DATE}|{_DAY}|at\b|on\b|[-–—,|·•/@]|\s)++"""

_SITES = (
    r"(?:facebook|twitter|x|whatsapp|e-?mail|linkedin|reddit|telegram|bluesky|threads|instagram|pinterest|messenger)"
)
_BUTTON = rf"""(?:share|save|print|copy|tweet|comment|listen|bookmark|gift|follow|view|play|watch|read|show|hide
    |{_SITES})
    (?:\ (?:this|the|to|now|it|on|via|by|in|with|for|later|an?|all|full|more|less|links?|copied|article|story|page
    |posts?|videos?|photos?|gallery|images?|audio|comments?|friends?|list|{_SITES})\b)*+
    |\d{{0,6}}\ ?(?:comments?|shares?|views?|likes?|replies)
    |load\ more|skip\ (?:ad|advert|to\ content)|loading|menu|search"""

_SECTION = r"""(?:advertisement|advert|ad|sponsored(?:\ content)?|promoted|recommended|trending|most\ (?:read|popular)
    |related(?:\ (?:stories|articles|topics|links))?|more\ (?:on\ this\ story|stories)|continue\ reading|see\ more|ends?
    |story\ continues\ below|key\ (?:events|points|moments|developments|facts|takeaways)|at\ a\ glance|reaction
    |in\ (?:brief|pictures|full|summary)|what\ we\ know(?:\ so\ far)?|summary|live(?:\ updates?|\ blog|\ feed)?
    |latest(?:\ (?:news|updates))?|top\ (?:stories|news)|breaking(?:\ news)?|exclusive|analysis|opinion|topics|tags
    |contents|gallery|photos?|video|audio|podcast|transcript|notes?\ to\ editors?|pinned(?:\ post)?)"""

_AGENCY = (
    r"(?:getty(?:\ images)?|ap|afp|reuters|epa|pa(?:\ (?:media|wire))?|shutterstock|alamy|bloomberg|rex|upi|anadolu)"
)
_CREDIT = rf"""(?:photo(?:graph)?s?|images?|pictures?|video|illustration|graphic|credit|source|composite)
    \s?(?:credit|by|courtesy|:|/)[^.!?]{{0,80}}
    |(?:by|words|reporting|additional\ reporting|edited|editing)(?:\ by)?:?\s(?-i:[A-Z])[^.!?]{{0,80}}
    |[^.!?]{{0,60}}(?:/|\ via\ )\s?{_AGENCY}|©[^!?]{{0,80}}"""

_LINE = re.compile(rf"\W*(?:{_WHEN}|{_BUTTON}|{_SECTION}|{_CREDIT})\W*", re.IGNORECASE | re.VERBOSE)
FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Ww]e|[Ww]e[’'](?:re|ve|ll|d)|[Oo]ur)\b")
"""Words of one who speaks of oneself, or of one's own."""

_CLOCK = re.compile(rf"\W*{_TIME}\W*", re.IGNORECASE | re.VERBOSE)
_LONGEST = 160
_ENDS = re.compile(r"[.!?:;,…—–-][\"'”’»)\]]*$")
BULLET = r"[•*·▪◦‣●■–—-]"
ITEM = re.compile(rf"(?:{BULLET}|\(?\d{{1,3}}[.)])\s")
"""What a list's item begins with."""

_QUESTION = re.compile(r"\?[\"'”’»)\]*_]*$")


class Lines:
    """Tells, of each paragraph by its number, whether it is such a line."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def at(self, offset: int) -> int:
        """Return the number of the paragraph that holds `offset`."""
        return self._document.paragraph(offset)

    def words(self, place: int) -> str:
        paragraph = self._document.paragraphs[place]
        return self._document.text[paragraph.start : paragraph.end]

    def entries(self) -> list[Span]:
        """Return the entries of a live blog, each under its time of day; none of any other text."""
        paragraphs = self._document.paragraphs
        times = [each.start for place, each in enumerate(paragraphs) if _CLOCK.fullmatch(self.words(place))]
        bounds = pairwise([*times, len(self._document.text)])
        return [Span(start, end) for start, end in bounds] if len(times) >= ENTRIES_AT_LEAST else []

    def is_furniture(self, place: int) -> bool:
        """Whether the paragraph is a time, a button, a credit: part of the page, not of the text."""
        words = self.words(place)
        return len(words) <= _LONGEST and _LINE.fullmatch(words) is not None

    def is_heading(self, place: int) -> bool:
        """Whether the paragraph is a heading, in marks or not: short, without a full stop, with prose below."""
        words = self.words(place)
        if not self._is_punctuated or len(words.split()) > HEADING_WORDS or _ENDS.search(words) or ITEM.match(words):
            return False
        following = next((i for i in range(place + 1, len(self._document.paragraphs)) if not self._is_short(i)), None)
        return following is not None and following - place <= 3

    def ends_with_question(self, place: int) -> bool:
        return _QUESTION.search(self.words(place)) is not None

    def introduces(self, place: int) -> bool:
        """Whether the paragraph ends with a colon: what stands below it is its own."""
        return self.words(place).endswith(":")

    def own_label(self, place: int) -> int | None:
        """Return where a label of the page itself ends that opens the paragraph; None if none does."""
        return own_label(self._document.text, self._document.paragraphs[place])

    def is_listed(self, place: int) -> bool:
        """Whether the line is one of those that a colon announces."""
        return any(self.introduces(above) for above in range(max(0, place - 3), place))

    def _is_short(self, place: int) -> bool:
        words = self.words(place)
        return len(words.split()) < PROSE_WORDS or _ENDS.search(words) is None

    @cached_property
    def _is_punctuated(self) -> bool:
        """Whether the text's paragraphs end with full stops at all; else its lines are no headings."""
        long = [i for i in range(len(self._document.paragraphs)) if len(self.words(i).split()) >= PROSE_WORDS]
        return 2 * sum(_ENDS.search(self.words(i)) is not None for i in long) >= len(long) > 0


def spoken_only(lines: Lines, document: Document, item: Attribution) -> Attribution | None:
    """Return an attribution without the lines that nobody says; None if nothing else is left.

    A heading that is not set in quotation marks is nobody's words where its source stands in another paragraph; nor is
    what a label of the page itself introduces ("Notes to editors: …"), but for words with a source of their own there.
    """
    source = None if item.source is None else lines.at(item.source.start)

    def is_said(span: Span) -> bool:
        place = lines.at(span.start)
        if document.quotations_touching(span.start, span.end):
            return True
        heading = source != place and lines.is_heading(place) and not lines.is_listed(place)
        own = lines.own_label(place)
        labelled = own is not None and not (source == place and item.source is not None and item.source.start >= own)
        return not (heading or labelled or lines.is_furniture(place))

    content = tuple(span for span in item.content if is_said(span))
    return msgspec.structs.replace(item, content=content) if content else None


def announced(lines: Lines, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, in the order of the text, each quoted heading given to who is quoted right below it: it
    announces these words, and does not go on with those above."""
    found = list(attributions)
    for index, item in enumerate(attributions):
        place = lines.at(item.content[0].start)
        listed = item.cue is not None and lines.introduces(lines.at(item.cue.start))  # "NAME also said:"
        above = not listed and (item.source is None or lines.at(item.source.start) < place)
        if index and above and lines.is_heading(place) and lines.at(attributions[0].content[0].start) < place:
            below = next(
                (i for i in attributions[index + 1 :] if i.source and lines.at(i.content[0].start) > place), None
            )
            near = below is not None and lines.at(below.content[0].start) - place <= ANNOUNCED_WITHIN
            source = below.source if below is not None and near else None
            confidence = min(item.confidence, ANNOUNCED_CONFIDENCE)
            found[index] = msgspec.structs.replace(item, source=source, cue=None, confidence=confidence)
    return found
