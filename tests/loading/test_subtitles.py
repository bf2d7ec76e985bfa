"""Subtitles: running text, a paragraph a turn."""

from __future__ import annotations

import pytest

SRT = """1
00:00:01,000 --> 00:00:03,000
The vote was close, and the

2
00:00:03,100 --> 00:00:05,000
board will <i>meet again</i>.

3
00:00:05,200 --> 00:00:07,000
ANN WHITFIELD: We won't pay.
Never.

4
00:01:30,000 --> 00:01:32,000
{\\an8}After the break.

5
00:01:32,000 --> 00:01:34,000
- Who said that?
- I did.
"""
VTT = """WEBVTT - A title

STYLE
::cue { color: red }

NOTE a remark

intro
00:01.000 --> 00:03.000 align:start
<v Ann Whitfield>We won't &amp; can't

00:03.000 --> 00:05.000
<v Ann Whitfield>pay for it.</v>

00:05.000 --> 00:06.000
<v.loud Tom O'Neill>It is <b>wrong</b>.
"""
ROLLING = """WEBVTT

00:00:01.000 --> 00:00:03.000
the vote<00:00:01.500><c> was</c>

00:00:03.000 --> 00:00:05.000
the vote was
close on monday

00:00:05.000 --> 00:00:07.000
close on monday
>> NOBODY: expected it
"""


def test_srt(article_of):
    assert article_of("a.srt", SRT).text.split("\n") == [
        "The vote was close, and the board will meet again.",
        "ANN WHITFIELD: We won't pay. Never.",
        "After the break.",
        "Who said that?",
        "I did.",
    ]


def test_windows_line_ends_and_encoding(article_of):
    data = SRT.replace("won't", "won’t").replace("\n", "\r\n").encode("cp1252")
    assert "We won’t pay. Never." in article_of("a.srt", data).text


def test_vtt_voices_are_labels_and_notes_are_not_words(article_of):
    assert article_of("a.vtt", VTT).text.split("\n") == [
        "Ann Whitfield: We won't & can't pay for it.",
        "Tom O'Neill: It is wrong.",
    ]


def test_lines_of_rolling_captions_count_once(article_of):
    assert article_of("a.vtt", ROLLING).text.split("\n") == ["the vote was close on monday", "NOBODY: expected it"]


@pytest.mark.parametrize("data", [b"WEBVTT\n", b"just words", b"1\n00:00:01,000 --> 00:00:02,000\n\n"])
def test_without_words_or_times_it_is_skipped(reason_of, data):
    assert reason_of("a.srt", data)
