"""Subtitles (SRT, WebVTT): the words as running text, a paragraph a turn of speech; "NAME: …" says who speaks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from quotecli.errors import InputError
from quotecli.loading.decoding import decode
from quotecli.loading.source import Source
from quotecli.records import Article

_TIMES = re.compile(
    r"(?:(?P<h1>\d+):)?(?P<m1>\d{1,2}):(?P<s1>\d{2}(?:[.,]\d+)?)\s*-->\s*(?:(?P<h2>\d+):)?(?P<m2>\d{1,2}):(?P<s2>\d{2}(?:[.,]\d+)?)"
)
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}")
_TURN = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_LABEL = re.compile(r"(?:>>+\s*)?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}:\s")
_PAUSE = 3.0  # seconds without words that end a paragraph
_LONG = 600  # characters after which a paragraph ends with the sentence
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*$")


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of a subtitle file."""
    text = decode(source.read())
    if not _TIMES.search(text):
        raise InputError("no subtitles: no line with times")
    yield source.article("\n".join(_paragraphs(text)))


def _paragraphs(text: str) -> Iterator[str]:
    """Join the lines of the cues to turns."""
    turn, speaker, ended = "", None, 0.0
    for start, end, voice, words in _lines(text):
        turns = _TURN.match(words) is not None
        changes = voice is not None and voice != speaker
        begins = turns or changes or start - ended > _PAUSE or _LABEL.match(words) is not None or _is_long(turn)
        if turn and begins:
            yield turn
            turn = ""
        spoken = _TURN.sub("", words, count=1) if turns else words
        turn = f"{turn} {f'{voice}: ' if changes else ''}{spoken}".strip()
        speaker, ended = voice or (None if begins else speaker), end
    if turn:
        yield turn


def _is_long(turn: str) -> bool:
    return len(turn) > _LONG and _SENTENCE_END.search(turn) is not None


def _lines(text: str) -> Iterator[tuple[float, float, str | None, str]]:
    """Yield each line's times, voice and words; a line that a rolling caption shows again only once."""
    shown: list[str] = []
    for start, end, lines in _cues(text):
        words = [" ".join(html.unescape(_MARKUP.sub("", line)).split()) for line in lines]
        for line, spoken in zip(lines, words, strict=True):
            if spoken and spoken not in shown:
                voice = _VOICE.search(line)
                yield start, end, voice.group(1).strip() if voice else None, spoken
        shown = words


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
