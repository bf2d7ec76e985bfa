"""What words mean: vectors of words, so that a statement is found by what it says in other words.

Nothing here is imported before a meaning is really asked for: numpy takes a tenth of a second.
"""

VERSION = "1"
"""The version of the vectors and of their codes: changes whenever either does."""

CODE_BYTES = 32
"""How many bytes the code of a text's meaning takes (see `codes.py`)."""
