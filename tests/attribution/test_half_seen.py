"""Sources of which the model saw a half or nothing."""

from __future__ import annotations

import pytest

from quotecli.attribution.half_seen import complete_sources
from quotecli.model import Link, Name, Part, Tagging
from quotecli.text import parse


def part(text: str, role: str, words: str) -> Part:
    start = text.index(words)
    return Part(role, start, start + len(words), 0.9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "content", "cue", "handle"),
    [
        ("“Roof’s gone again,” tweeted @tomade77.", "“Roof’s gone again,”", "tweeted", "@tomade77"),
        ("@lena_ahn wrote: “Mine too.”", "“Mine too.”", "wrote", "@lena_ahn"),
        ("“Send it to ann@vale.example,” said nobody.", "“Send it to ann@vale.example,”", "said", None),
    ],
)
def test_a_handle_beside_a_cue_is_who_speaks(text: str, content: str, cue: str, handle: str | None) -> None:
    parts = (part(text, "content", content), part(text, "cue", cue))
    tagging = Tagging(parts, (), (Link(0, None, 0.9, 1, 0.9),))
    completed = complete_sources(parse(text), tagging)
    source = completed.links[0].source
    found = None if source is None else text[completed.parts[source].start : completed.parts[source].end]
    assert found == handle


@pytest.mark.parametrize(
    ("text", "source", "cue", "name", "right"),
    [
        ("One reader, @gritless, answered: “No.”", "One reader", "answered", "", "@gritless"),
        ("A user called @milk99 wrote: “No.”", "A user", "wrote", "", "@milk99"),
        ("@PC_Dunmore replied: “No.”", "@PC_Dunmore", "replied", "Dunmore", "@PC_Dunmore"),
        ("Ada Brome (@adabrome) wrote: “No.”", "Ada Brome (@adabrome)", "wrote", "Ada Brome", "Ada Brome (@adabrome)"),
        ("Ada Brome, @adabrome, wrote: “No.”", "Ada Brome", "wrote", "Ada Brome", "Ada Brome"),
    ],
)
def test_a_handle_is_who_speaks_where_no_name_stands(text: str, source: str, cue: str, name: str, right: str) -> None:
    parts = (part(text, "content", "“No.”"), part(text, "cue", cue), part(text, "source", source))
    names = (Name("person", *_ends(text, name)),) if name else ()
    completed = complete_sources(parse(text), Tagging(parts, names, (Link(0, 2, 0.9, 1, 0.9),)))
    found = completed.parts[completed.links[0].source or 0]
    assert text[found.start : found.end] == right


def test_a_nickname_before_a_surname_belongs_to_the_source() -> None:
    text = "“We play anyway,” said “Weird Otto” Brandt, the organist."
    parts = tuple(
        part(text, role, words)
        for role, words in (
            ("content", "“We play anyway,”"),
            ("cue", "said"),
            ("content", "“Weird Otto”"),
            ("source", "Brandt, the organist"),
        )
    )
    names = (Name("person", text.index("Weird"), text.index("” Brandt")), Name("person", *_ends(text, "Brandt")))
    tagging = Tagging(parts, names, (Link(0, 3, 0.9, 1, 0.9), Link(2, 3, 0.9, 1, 0.9)))
    completed = complete_sources(parse(text), tagging)
    assert [link.content for link in completed.links] == [0]
    assert text[completed.parts[3].start : completed.parts[3].end] == "“Weird Otto” Brandt, the organist"


def _ends(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)
