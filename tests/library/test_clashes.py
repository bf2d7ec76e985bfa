"""Two texts whose digests begin alike, as a forger makes them: each stays what it is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from quotecli.errors import InputError, NotFoundError
from quotecli.library import Filters, Library
from quotecli.library.exchange import parsed
from quotecli.output.plain_formats import to_json
from quotecli.records import Article, Statement

GENUINE = "“The dam is safe,” the engineer Ann Lee said on Friday in her report number 165330."
FORGED = "“The dam is not safe,” the engineer Ann Lee said on Friday in her report number 30176887."
"""The first 12 hex digits of their digests are the same: such a pair is found in a minute."""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.records.ID_LENGTH", 12)


@pytest.fixture
def pair(build) -> list[tuple[Article, list[Statement]]]:
    return [build([text]) for text in (GENUINE, FORGED)]


@pytest.fixture
def both(library: Library, pair) -> Library:
    assert [library.add(*each) for each in pair] == ["added", "added"]
    return library


def texts(library: Library) -> set[str]:
    return {each.text for each in library.statements()}


def test_the_pair_is_one(pair) -> None:
    (genuine, (one,)), (forged, (other,)) = pair
    assert genuine.text_id == forged.text_id
    assert one.id == other.id
    assert genuine.digest != forged.digest


def test_both_are_stored_found_and_told_apart(both: Library, pair) -> None:
    (genuine, _), (forged, _) = pair
    assert texts(both) == {GENUINE, FORGED}
    assert both.check() == []
    assert both.clashes() == {genuine.text_id: 2}
    assert [each.id for each in both.articles()] == [genuine.digest, forged.digest]
    for text, statement in zip((GENUINE, FORGED), both.statements(), strict=True):
        assert both.statement(statement.id) == statement
        assert both.article_of(statement).text == text
        assert both.article(statement.article.id).text == text
    for hit in both.search("dam safe"):
        assert hit.text == both.article_of(hit).text


def test_a_short_id_that_may_be_both_is_refused(both: Library, pair) -> None:
    (genuine, (statement,)), (forged, _) = pair
    for ask in (lambda: both.article(genuine.text_id), lambda: both.statement(statement.id)):
        with pytest.raises(NotFoundError, match="more than one") as refused:
            ask()
        assert genuine.digest in str(refused.value)
        assert forged.digest in str(refused.value)
    with pytest.raises(NotFoundError, match="more than one article begins"):
        both.article(genuine.digest[:5])
    assert both.article(forged.digest[:20]).text == FORGED
    assert both.statement(f"{forged.digest[:20]}-0").text == FORGED


def test_adding_them_again_changes_nothing(both: Library, pair) -> None:
    assert [both.add(*each) for each in pair] == ["unchanged", "unchanged"]
    assert [both.add(article) for article, _ in pair] == ["unchanged", "unchanged"]


def test_without_the_other_the_short_id_is_enough_again(both: Library, pair) -> None:
    (genuine, statements), (forged, _) = pair
    both.remove(forged.digest)
    assert both.clashes() == {}
    assert both.check() == []
    assert both.article(genuine.text_id) == genuine
    assert list(both.statements()) == statements


def test_export_import_and_merge_keep_both(both: Library, pair, tmp_path: Path) -> None:
    lines = [to_json(entry).encode() for entry in both.entries()]
    with Library(tmp_path / "imported.db") as imported, Library(tmp_path / "merged.db") as merged:
        assert list(imported.take_in(map(parsed, lines))) == ["added", "added"]
        assert list(imported.take_in(map(parsed, lines))) == ["unchanged", "unchanged"]
        assert list(merged.merge(both)) == ["added", "added"]
        for copy in (imported, merged):
            assert list(copy.statements()) == list(both.statements())
            assert copy.check() == []
            copy.remove(pair[1][0].digest)
            assert list(copy.statements()) == pair[0][1]


def test_one_text_for_the_other_is_no_import(pair) -> None:
    (genuine, _), (_, statements) = pair
    fields = {name: getattr(genuine, name) for name in Article.__struct_fields__}
    line = msgspec.json.encode({**fields, "model": "1", "statements": statements})
    with pytest.raises(InputError, match="no part of the text"):
        parsed(line)


def test_of_chosen_articles_each_is_the_one_that_was_chosen(both: Library, pair) -> None:
    (genuine, _), (forged, _) = pair
    both.choose({forged.digest: msgspec.structs.replace(forged.ref, path="forged.txt")})
    assert [each.path for each in both.articles()] == ["forged.txt"]
    assert texts(both) == {FORGED}
    assert both.article(genuine.text_id).text == FORGED  # the only one of those chosen
    both.choose({each.digest: each.ref for each in (forged, genuine)})
    assert [each.text for each in both.statements()] == [FORGED, GENUINE]
    assert [each.id for each in both.articles()] == [forged.digest, genuine.digest]
    assert [each.text for each in both.statements(Filters(digests=(genuine.digest,)))] == [GENUINE]


def test_the_id_of_another_text_is_not_taken_over(library: Library, pair) -> None:
    (genuine, statements), (forged, _) = pair
    library.add(genuine, statements)
    library.add(msgspec.structs.replace(forged, id=genuine.text_id + "0"), [])
    library.add(Article(id=genuine.text_id, text="Rain fell."), [])
    with pytest.raises(NotFoundError, match="more than one article has the id"):
        library.article(genuine.text_id)
    assert library.article(genuine.digest).text == GENUINE
    assert library.article_of(next(library.statements())).text == GENUINE
