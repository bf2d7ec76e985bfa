"""What the network says of a paragraph, whatever stands around it."""

from __future__ import annotations

from typing import Any

import pytest

from quotecli.model import Tagging
from quotecli.model.network import network
from quotecli.model.tagger import tag
from quotecli.text import parse

PARAGRAPHS = (
    "“We were told nothing,” said Amira Bello, who runs the ferry office.",
    "The council says the bridge will open in June, according to a letter seen by the Herald.",
    "Bello said the boats would stop.",
    "Rain is expected on Monday.",
    "“Nobody asked us.”",
)
AROUND = {
    "nothing": ((), ()),
    "what is said by others": (("“No,” Tom Reyes said.",), ("Ana Lund told reporters that she would not run.",)),
    "long prose": (("The harbour has been closed since the storm of last winter. " * 12,), ("Prices rose. " * 30,)),
    "headings": (("By Our Staff", "HARBOUR NEWS"), ("Read more", "Share")),
    "many short lines": (("Home", "News", "Sport") * 5, ("Contact us", "About") * 5),
}


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("around", AROUND)
def test_a_paragraph_is_read_the_same_wherever_it_stands(paragraph: str, around: str) -> None:
    before, after = AROUND[around]
    text = "\n".join((*before, paragraph, *after))
    start = text.index(paragraph)
    inside = _shown(tag(parse(text), network()), start, start + len(paragraph))
    assert inside == _shown(tag(parse(paragraph), network()), 0, len(paragraph))


def _shown(tagging: Tagging, low: int, high: int) -> tuple[list[Any], list[Any], list[Any]]:
    """Return the parts, names and links from `low` to `high`, as if the text began at `low`."""
    first = sum(part.start < low for part in tagging.parts)
    own = [part for part in tagging.parts if low <= part.start < high]
    parts = [(part.role, part.start - low, part.end - low, round(part.confidence, 5)) for part in own]
    names = [(n.type, n.start - low, n.end - low) for n in tagging.names if low <= n.start < high]
    links = [
        (link.content - first, *(None if i is None else i - first for i in (link.source, link.cue)))
        for link in tagging.links
        if low <= tagging.parts[link.content].start < high
    ]
    return parts, names, links
