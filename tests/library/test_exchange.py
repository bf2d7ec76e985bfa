"""What goes out of a library and into another one is the same; what does not fit its text is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.errors import DamagedError, InputError
from quotecli.library import Entry, Filters, Library, decisions
from quotecli.library.decisions import Decision
from quotecli.library.exchange import parsed
from quotecli.output.plain_formats import to_json
from quotecli.records import (
    Article,
    Figure,
    Mention,
    Span,
    Speaker,
    Statement,
    content_text,
    text_digest,
    text_id,
)

Build = Callable[..., tuple[Article, list[Statement]]]

ANY = st.text(st.characters(exclude_categories=[]), max_size=20)
MAYBE = st.none() | ANY
NUMBER = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an article with statements that stand in its text."""
    text = draw(ANY)

    def span() -> Span:
        return Span(*sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2))))

    def mention() -> Mention | None:
        place = span() if draw(st.booleans()) else None
        return Mention(text[place.start : place.end], *msgspec.structs.astuple(place)) if place else None

    def figure() -> Figure:
        place = span()
        return Figure(text=text[place.start : place.end], value=draw(NUMBER), start=place.start, end=place.end)

    def statement(article: Article) -> Statement:
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
        content = (Span(*ends[:2]), Span(*ends[2:]))[: draw(st.integers(1, 2))]
        speaker = Speaker(name=draw(ANY), role=draw(MAYBE), mention=mention(), evidence=draw(MAYBE))
        return Statement(
            id=f"{article.text_id}-{content[0].start}",
            kind=draw(st.sampled_from(["quote", "claim", "fact"])),
            form=draw(st.sampled_from([None, "direct", "mixed", "indirect"])),
            text=content_text(text, content),
            content=content,
            cue=mention(),
            speaker=speaker if draw(st.booleans()) else None,
            figures=tuple(figure() for _ in range(draw(st.integers(0, 2)))),
            confidence=draw(st.floats(0, 1)),
            article=article.ref,
        )

    known = {name: draw(MAYBE) for name in ("path", "url", "title", "outlet", "published", "byline")}
    article = Article(id=draw(st.just(text_id(text)) | ANY), text=text, **known)
    statements = tuple(statement(article) for _ in range(draw(st.integers(0, 3))))
    return Entry(**msgspec.structs.asdict(article), model=draw(st.sampled_from(["1.1", "1.10"])), statements=statements)


@settings(max_examples=30, deadline=None)
@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.text))
def test_out_and_in_again_gives_the_same_library(whole: list[Entry]) -> None:
    with Library(":memory:") as first, Library(":memory:") as second:
        assert list(first.take_in(whole)) == ["added"] * len(whole)
        lines = [to_json(entry).encode() for entry in first.entries()]
        assert list(first.entries()) == whole
        assert list(second.take_in(map(parsed, lines))) == ["added"] * len(whole)
        assert list(second.entries()) == whole
        assert list(second.take_in(map(parsed, lines))) == ["unchanged"] * len(whole)
        assert state(first) == state(second)


def state(library: Library) -> object:
    """Return all that is asked of a library beside its articles and statements."""
    words = library._connection.execute("SELECT text, count FROM word ORDER BY text").fetchall()
    return library.speakers(), library.articles(), words, library.check()


def entry_of(article: Article, statements: list[Statement], model: str = "1") -> Entry:
    return Entry(**msgspec.structs.asdict(article), model=model, statements=tuple(statements))


def test_an_entry_holds_what_was_added(library: Library, build: Build, said: Callable[..., Any]) -> None:
    article, statements = build([said("“Rain fell,”|“and snow.”", "Ann Lee"), "Fog came."], path="a.txt")
    library.add(article, statements)
    assert list(library.entries()) == [entry_of(article, statements)]


def test_filters_choose_whole_articles(library: Library, build: Build, said: Callable[..., Any]) -> None:
    library.add(*build([said("Rain fell", "Ann Lee"), "Fog came."]))
    library.add(*build([said("Snow fell", "Bo Ek")]))
    library.add(*build([], id="empty"))
    assert [len(entry.statements) for entry in library.entries(Filters(speaker="lee"))] == [2]
    assert [entry.id for entry in library.entries(Filters(digests=(text_digest(""),)))] == ["empty"]
    assert len(list(library.entries())) == 3


@pytest.mark.parametrize(("theirs", "kept"), [("1.9", "mine"), ("1.10", "mine"), ("1.11", "theirs"), ("2", "theirs")])
def test_the_statements_of_the_higher_model_stand(library: Library, build: Build, theirs: str, kept: str) -> None:
    article, (mine, other) = build(["Rain fell.", "Snow fell."])
    mine_first = [entry_of(article, [mine], "1.10")]
    assert list(library.take_in(mine_first)) == ["added"]
    changed = entry_of(article, [mine] if theirs == "1.10" else [other], theirs)
    expected = "replaced" if kept == "theirs" else "unchanged"
    assert list(library.take_in([changed])) == [expected]
    assert list(library.statements()) == [other if kept == "theirs" else mine]
    assert library.check() == []


def test_a_correction_under_the_same_model_is_taken_over(library: Library, build: Build) -> None:
    article, (rain,) = build(["Rain fell."])
    library.add(article, [rain])
    sure = msgspec.structs.replace(rain, confidence=1.0)
    assert list(library.take_in([entry_of(article, [sure])])) == ["replaced"]
    assert list(library.statements()) == [sure]


def test_what_one_side_does_not_know_of_an_article_stays(library: Library, build: Build) -> None:
    article, statements = build(["Rain fell."], id="herald-7", outlet="The Herald", path="a.txt")
    library.add(article, statements)
    theirs, _ = build(["Rain fell."], title="Rain", path="b.txt")
    assert list(library.take_in([entry_of(theirs, statements)])) == ["unchanged"]
    (known,) = library.articles()
    assert (known.id, known.outlet, known.title, known.path) == ("herald-7", "The Herald", "Rain", "b.txt")


def test_another_text_from_the_same_place_takes_nothing_out(library: Library, build: Build) -> None:
    library.add(*build(["Rain fell."], path="a.txt", id="7"))
    assert list(library.take_in([entry_of(*build(["Snow fell."], path="a.txt", id="7"))])) == ["added"]
    assert len(library.articles()) == 2


def test_the_places_of_an_article_come_along(library: Library, build: Build, tmp_path: Path) -> None:
    with Library(tmp_path / "other.db") as other:
        for path in ("a.txt", "b.txt"):
            other.add(build(["Rain fell."], path=path)[0])
        library.add(build(["Rain fell."], path="mine.txt")[0])
        whole = list(other.entries())
        assert [place.ref.path for place in whole[0].places] == ["b.txt"]
        assert [parsed(to_json(entry).encode()) for entry in whole] == whole
        for _ in range(2):
            assert list(library.merge(other)) == ["unchanged"]
        (known,) = library.articles()
        assert {known.path, *(place.path for place in known.places)} == {"a.txt", "b.txt", "mine.txt"}
        assert len(known.places) == 2


def test_merging_joins_two_libraries(library: Library, build: Build, said: Callable[..., Any], tmp_path: Path) -> None:
    both, mine, theirs = build(["Rain."]), build(["Snow."]), build([said("Hail fell", "Ann Lee")])
    with Library(tmp_path / "other.db") as other:
        for one in (library, other):
            one.add(*both)
        library.add(*mine)
        other.add(*theirs)
        assert list(library.merge(other)) == ["unchanged", "added"]
        assert len(other.articles()) == 2
    assert [each.text for each in library.statements()] == ["Rain.", "Snow.", "Hail fell"]
    assert [hit.text for hit in library.search("hail")] == ["Hail fell"]
    assert [each.name for each in library.speakers()] == ["Ann Lee"]


def test_merging_brings_decisions_on_people_and_overrules_none(library: Library, tmp_path: Path) -> None:
    with Library(tmp_path / "other.db") as other:
        for one, names in ((library, {"Lee": "Ann Lee"}), (other, {"Lee": "Bo Lee", "FM Ek": "Bo Ek"})):
            made = [Decision(name=name, person=person) for name, person in names.items()]
            decisions.keep(one._connection, made)
        assert list(library.merge(other)) == []
    known = {each.name: each.person for each in decisions.decisions(library._connection)}
    assert known == {"Lee": "Ann Lee", "FM Ek": "Bo Ek"}


def changed(path: str, value: object) -> bytes:
    """Return a line with one value changed: "statements.0.text"."""
    text = "“Rain fell,” Ann Lee said. 20 people saw it."
    article = Article(id=text_id(text), text=text)
    statement = Statement(
        id=f"{article.text_id}-0",
        kind="quote",
        form="direct",
        text="“Rain fell,”",
        content=(Span(0, 12),),
        cue=Mention("said", 21, 25),
        speaker=Speaker(name="Ann Lee", type="person", mention=Mention("Ann Lee", 13, 20)),
        figures=(Figure(text="20", value=20, start=27, end=29),),
        confidence=0.9,
        article=article.ref,
    )
    record = msgspec.to_builtins(entry_of(article, [statement]))
    *steps, last = path.split(".")
    inner = record
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    inner[int(last) if last.isdecimal() else last] = value
    return msgspec.json.encode(record)


def test_a_merged_library_is_checked_like_a_file(library: Library, build: Build, tmp_path: Path) -> None:
    article, (statement,) = build(["Rain fell on the town."])
    invented = msgspec.structs.replace(statement, text="Snow fell on the town.")
    with Library(tmp_path / "other.db") as other:
        other.add(article, [invented])
        with pytest.raises(DamagedError, match="words are not those of the text"):
            list(library.merge(other))
    assert library.is_empty()


def test_an_unchanged_line_is_taken() -> None:
    assert parsed(changed("title", "Rain")).title == "Rain"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("text", "“Snow fell,” Ann Lee said. 20 people saw it.", "words are not those of the text"),
        ("statements.0.text", "“Rain fell”", "words are not those of the text"),
        ("statements.0.content", [[1, 12]], "words are not those of the text"),
        ("statements.0.content", [], "no part of the text"),
        ("statements.0.content", [[-12, 12]], "no part of the text"),
        ("statements.0.content", [[0, 999]], "no part of the text"),
        ("statements.0.content", [[6, 12], [0, 5]], "no part of the text"),
        ("statements.0.id", "0123456789ab-0", "id is not"),
        ("statements.0.cue.start", 20, "'said' does not stand"),
        ("statements.0.speaker.mention.text", "Bo Ek", "'Bo Ek' does not stand"),
        ("statements.0.figures.0.end", 30, "'20' does not stand"),
        ("statements.0.figures.0.end", -15, "'20' does not stand"),  # counted from the end, as Python would
        ("statements.0.cue", {"text": "it.", "start": 41, "end": 99}, "'it.' does not stand"),
        ("statements.0.cue.end", -19, "'said' does not stand"),
        ("statements.0.content", [[0, 6], [3, 12]], "no part of the text"),
        ("statements.0.confidence", 7, "confidence"),
        ("statements.0.kind", "rumour", "rumour"),
        ("statements", None, "array"),
        ("text", None, "str"),
    ],
)
def test_a_line_that_does_not_fit_its_text_is_refused(path: str, value: object, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as refused:
        parsed(changed(path, value))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"null", b'{"text": "Rain."}', b"\xff\xfe", b"[" * 100_000, b"\0"])
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    with pytest.raises(InputError, match="quotecli export"):
        parsed(line)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 2000))
def test_no_line_raises_anything_else(noise: bytes, place: int) -> None:
    line = changed("title", "Rain")
    try:
        parsed(line[: place % len(line)] + noise + line[place % len(line) + len(noise) :])
    except InputError as error:
        assert "\n" not in str(error)
