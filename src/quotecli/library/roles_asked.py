"""Whether a speaker holds the office that a query asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from quotecli.library.index_words import words
from quotecli.library.packing import Stored, restored

_END = re.compile(r",|\b(?:of|for|at|in|to|with|on|from|who|that|since)\b")
_JOINT = re.compile(r"\band\b|[&/;]")
_NOT_QUITE = frozenset("acting assistant associate deputy ex former late onetime past sub under vice".split())


@lru_cache(maxsize=4096)
def holds(role: Stored, office: tuple[str, ...]) -> bool:
    """Say whether a role is this office, given as folded words: "U.S. Attorney General for Ohio" is that of an attorney
    general; a deputy's and a former one's are others."""
    said = _END.split(restored(role) or "", maxsplit=1)[0]
    return any(_is(tuple(words(part)), office) for part in _JOINT.split(said))


def _is(role: tuple[str, ...], office: tuple[str, ...]) -> bool:
    before = role[: -len(office)]
    return role[len(before) :] == office and _NOT_QUITE.isdisjoint(before)
