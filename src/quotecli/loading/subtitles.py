"""Subtitles (SRT, WebVTT): the words as running text, a paragraph a turn of speech; "NAME: …" says who speaks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from quotecli.errors import InputError
from quotecli.loading.encodings import decode
from quotecli.loading.source import Source
from quotecli.records import Article

_TIMES = re.compile(
    r"(?:(?P<h1>\d{1,4}):)?(?P<m1>\d{1,2}):(?P<s1>\d{2}(?:[.,]\d{1,9})?)\s{0,9}-->"
    r"\s{0,9}(?:(?P<h2>\d{1,4}):)?(?P<m2>\d{1,2}):(?P<s2>\d{2}(?:[.,]\d{1,9})?)"
)
# No markup is longer than this: a search for its end that goes on and on is what hostile files want.
_VOICE = re.compile(r"<v(?:\.[^ >]{0,99})?\s{1,9}([^<>]{1,200})>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,300}\}")
_TURN = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_LABEL = re.compile(r"(?:>>+\s*)?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}:\s")
_PAUSE = 3.0  # seconds without words that end a paragraph
_LONG = 600  # characters after which a paragraph ends with the sentence
_LINE = 80  # characters that no line of a subtitle is longer than
_MARKS_BEHIND = 9  # at most, behind the end of a sentence
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*$")


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of a subtitle file."""
    text = decode(source.read())
    if not _TIMES.search(text):
        raise InputError("no subtitles: no line with times")
    yield source.article("\n".join(_paragraphs(text)))


def _paragraphs(text: str) -> Iterator[str]:
    """Join the lines of the cues to turns."""
    turn: list[str] = []
    speaker, ended = None, 0.0
    for start, end, voice, words in _lines(text):
        turns = _TURN.match(words) is not None
        changes = voice is not None and voice != speaker
        begins = turns or changes or start - ended > _PAUSE or _LABEL.match(words) is not None or _is_long(turn)
        if turn and begins:
            yield " ".join(turn)
            turn = []
        spoken = _TURN.sub("", words, count=1) if turns else words
        if spoken or changes:
            turn.append(f"{voice}: {spoken}".strip() if changes else spoken)
        speaker, ended = voice or (None if begins else speaker), end
    if turn:
        yield " ".join(turn)


def _is_long(turn: list[str]) -> bool:
    """Whether the lines of a turn are enough for a paragraph, and the last one ends a sentence."""
    if not turn or not _SENTENCE_END.search(turn[-1][-_MARKS_BEHIND:]):
        return False
    return len(turn) * _LINE > _LONG or sum(map(len, turn)) > _LONG


def _lines(text: str) -> Iterator[tuple[float, float, str | None, str]]:
    """Yield each line's times, voice and words; a line that a rolling caption shows again only once."""
    shown: frozenset[str] = frozenset()
    for start, end, lines in _cues(text):
        words = [" ".join(html.unescape(_MARKUP.sub("", line)).split()) for line in lines]
        for line, spoken in zip(lines, words, strict=True):
            if spoken and spoken not in shown:
                voice = _VOICE.search(line)
                yield start, end, voice.group(1).strip() if voice else None, spoken
        shown = frozenset(words)


def _cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Yield each cue's first and last second and its lines."""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip().split("\n")
        for index, line in enumerate(lines[:2]):
            times = _TIMES.search(line)
            if times is not None:
                shown = [below.strip() for below in lines[index + 1 :] if below.strip()]
                yield _seconds(times, "1"), _seconds(times, "2"), shown
                break


def _seconds(times: re.Match[str], which: str) -> float:
    hours, minutes, seconds = (times[unit + which] or "0" for unit in "hms")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
