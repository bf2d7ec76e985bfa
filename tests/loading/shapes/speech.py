"""Subtitles and transcripts as film editors, YouTube, meeting programs and broadcasters write them."""

from __future__ import annotations

from shapes.story import Shape, Told

_SAID = (
    "The vote was close, and the board will meet again on Friday.",
    "ANN WHITFIELD: We won’t pay £3 million for piers that nobody uses.",
    "TOM O’NEILL: It is a disgrace, and they never asked us.",
)


def film() -> bytes:
    """Windows line ends and encoding, italics, a position, numbers that begin again, a cue without words."""
    cues = [
        ("00:00:01,000 --> 00:00:03,500", "<i>The vote was close,</i>\nand the board"),
        ("00:00:03,600 --> 00:00:05,000", "will meet again on Friday."),
        ("00:00:05,100 --> 00:00:05,900", ""),
        ("00:00:06,000 --> 00:00:08,000", "ANN WHITFIELD: We won’t pay £3 million\nfor piers that nobody uses."),
        (
            "00:00:08,100 --> 00:00:10,000  X1:100 X2:600 Y1:400 Y2:500",
            "{\\an8}TOM O’NEILL: It is a disgrace,\nand they never asked us.",
        ),
    ]
    return (
        "\n".join(f"{n}\n{times}\n{words}\n" for n, (times, words) in enumerate(cues, 1))
        .replace("\n", "\r\n")
        .encode("cp1252")
    )


def broadcaster() -> bytes:
    """Chevrons for a new speaker, a font in colour, a byte order mark."""
    return (
        '\ufeff1\n00:00:01,000 --> 00:00:03,500\n<font color="#ffff00">The vote was close, and the board</font>\n\n'
        "2\n00:00:03,600 --> 00:00:05,000\nwill meet again on Friday.\n\n"
        "3\n00:00:05,600 --> 00:00:07,000\n>> ANN WHITFIELD: We won’t pay £3 million\n\n"
        "4\n00:00:07,000 --> 00:00:09,000\nfor piers that nobody uses.\n\n"
        "5\n00:00:09,000 --> 00:00:11,000\n>> TOM O’NEILL: It is a disgrace,\nand they never asked us.\n"
    ).encode()


def ripped() -> bytes:
    """A blank line too many, spaces around times, a dialogue of two on one cue."""
    return (
        b"1\n00:00:01,000  -->  00:00:03,000 \nThe vote was close, and the board\nwill meet again on Friday.\n\n\n\n"
        b"2\n00:00:09,000 --> 00:00:11,000\n- Who said that?\n- I did.\n\n\n"
    )


def youtube() -> bytes:
    """Rolling captions with a time for each word, each line shown twice."""
    return (
        b"WEBVTT\nKind: captions\nLanguage: en\n\n"
        b"00:00:00.160 --> 00:00:02.310 align:start position:0%\n \nthe<00:00:00.480><c> vote</c><00:00:00.799><c> was</c><00:00:01.000><c> close</c>\n\n"
        b"00:00:02.310 --> 00:00:02.320 align:start position:0%\nthe vote was close\n \n\n"
        b"00:00:02.320 --> 00:00:04.789 align:start position:0%\nthe vote was close\nand<00:00:02.560><c> the</c><00:00:02.800><c> board</c><00:00:03.000><c> agreed</c>\n\n"
        b"00:00:04.789 --> 00:00:04.799 align:start position:0%\nand the board agreed\n \n"
    )


def meeting() -> bytes:
    """Zoom and Teams: a number before each cue, a voice for each speaker."""
    return (
        "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.500\r\n<v Ann Whitfield>We won’t pay £3 million</v>\r\n\r\n"
        "2\r\n00:00:03.600 --> 00:00:05.000\r\n<v Ann Whitfield>for piers that nobody uses.</v>\r\n\r\n"
        "3\r\n00:00:06.000 --> 00:00:08.000\r\n<v Tom O’Neill>It is a disgrace &amp; a shame.</v>\r\n"
    ).encode()


def broadcast_vtt() -> bytes:
    """Styles, regions, notes, settings, hours left out."""
    return (
        "WEBVTT - Harwick tonight\n\nSTYLE\n::cue(.yellow) { color: yellow; }\n\nREGION\nid:fred\nwidth:40%\n\nNOTE\nChecked by the desk.\n\n"
        "intro\n00:01.000 --> 00:03.500 region:fred line:-1\n<c.yellow>The vote was close, and the board</c>\n\n"
        "00:03.600 --> 00:05.000\nwill meet <b>again</b> on Friday.\n\n"
        "00:05.100 --> 00:07.000\nANN WHITFIELD: We won’t pay £3 million for piers that nobody uses.\n\n"
        "00:07.100 --> 00:09.000\nTOM O’NEILL: It is a disgrace, and they never asked us.\n"
    ).encode()


def transcript() -> bytes:
    return ("Transcript of the meeting of 4 March\n\n" + "\n\n".join(_SAID[1:]) + "\n").encode()


_TITLE = "Transcript of the meeting of 4 March"

SHAPES = (
    Shape("film.srt", "a film editor", film, (Told(_SAID),)),
    Shape("broadcaster.srt", "a broadcaster", broadcaster, (Told(_SAID),)),
    Shape("ripped.srt", "a ripping program", ripped, (Told((_SAID[0], "Who said that?", "I did.")),)),
    Shape("youtube.vtt", "YouTube", youtube, (Told(("the vote was close and the board agreed",)),)),
    Shape(
        "meeting.vtt",
        "a meeting program",
        meeting,
        (
            Told(
                (
                    "Ann Whitfield: We won’t pay £3 million for piers that nobody uses.",
                    "Tom O’Neill: It is a disgrace & a shame.",
                )
            ),
        ),
    ),
    Shape("broadcast.vtt", "a broadcaster", broadcast_vtt, (Told(_SAID),)),
    Shape("transcript.txt", "a secretary", transcript, (Told((_TITLE, *_SAID[1:]), title=_TITLE),)),
)
