"""Real-shaped files of every format: made by the format's own libraries, or written as well-known programs write them.

Each is a `Shape`: its bytes and what must be read from them. The tests read them all, and benchmarks/fuzzing.py
damages them.
"""

from shapes import books, feeds, mails, open_document, packed, pages, printed, rich_text, speech, tables, texts, word
from shapes.story import Shape, Told

_ROOMS = (texts, pages, printed, word, open_document, rich_text, books, mails, feeds, tables, packed, speech)

SHAPES: tuple[Shape, ...] = tuple(shape for room in _ROOMS for shape in room.SHAPES)

__all__ = ["SHAPES", "Shape", "Told"]
