"""From each earlier version of a library's tables to the next.

A step changes what it must, within one transaction with all the others; the tables that a version adds are made
afterwards in any case (see `opening.py`). Version 1 was before the first release and is not migrated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Step = Callable[[sqlite3.Connection], None]


def _only_more_tables(connection: sqlite3.Connection) -> None:
    """The version adds tables and changes none."""


STEPS: dict[int, Step] = {2: _only_more_tables}
"""What takes a library from each version (the key) to the next."""

OLDEST = min(STEPS)
