"""Article text made harmless for a terminal: characters that would act on it are shown instead."""

from __future__ import annotations

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

_HARMLESS = (
    {code: 0x2400 + code for code in range(0x20)}  # the pictures of the control characters: ␀ to ␟
    | dict.fromkeys((0x7F, *range(0x80, 0xA0), *_BIDI, 0xFEFF), 0xFFFD)
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # lone surrogates: no encoding can write them
    | {ord(space): 0x20 for space in _SPACES}
)


def printable(text: str) -> str:
    """Return `text` for one line of a terminal, of the same length: line ends and tabs are spaces, and characters
    that would act on the terminal (escape sequences, changes of writing direction) are visible signs."""
    return text.translate(_HARMLESS)
