"""JSON Lines: texts character for character, ids as given, and each bad line alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecli.loading import load
from quotecli.records import Article, Skipped, text_id


def line(**fields):
    return json.dumps(fields) + "\n"


def test_every_field_comes_back(article_of):
    article = article_of(
        "a.jsonl",
        line(
            id="wire-1",
            text="“No,” she said.\r\nThen\ttea.",
            title="No",
            byline="Ann Smith",
            outlet="The Example",
            published="2024-02-29T10:00:00Z",
            url="https://example.org/1",
            extra={"ignored": [1, 2]},
        ),
    )
    assert article.id == "wire-1"
    assert article.text == "“No,” she said.\r\nThen\ttea."
    assert (article.title, article.byline, article.outlet) == ("No", "Ann Smith", "The Example")
    assert (article.published, article.url) == ("2024-02-29", "https://example.org/1")
    assert article.text_id == text_id(article.text)


def test_ids_are_optional_and_may_be_numbers(load_bytes):
    first, second = load_bytes("a.ndjson", (line(text="One.") + line(text="Two.", id=7)).encode())
    assert (first.id, second.id) == (text_id("One."), "7")


def test_a_bad_line_costs_only_itself(load_bytes):
    lines = [
        line(text="One."),
        "{oops\n",
        "\n",
        '["no", "object"]\n',
        line(title="No text"),
        line(text=" "),
        line(text="Two."),
    ]
    loaded = load_bytes("a.jsonl", "".join(lines).encode())
    assert [item.text for item in loaded if isinstance(item, Article)] == ["One.", "Two."]
    skipped = [item for item in loaded if isinstance(item, Skipped)]
    assert [item.path.rpartition(":")[2] for item in skipped] == ["2", "4", "5", "6"]
    assert "invalid JSON" in skipped[0].reason
    assert "`text`" in skipped[2].reason
    assert "no text" in skipped[3].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(article_of, encoding):
    assert article_of("a.jsonl", line(text="“Déjà vu”").encode(encoding)).text == "“Déjà vu”"


def test_lines_nested_without_end_and_broken_characters_are_skipped(load_bytes):
    loaded = load_bytes(
        "a.jsonl", b'{"text":' + b"[" * 100_000 + b'\n{"text":"\xff"}\n{"text":"\\ud800"}\n{"text":"ok"}'
    )
    assert [type(item) for item in loaded] == [Skipped, Skipped, Skipped, Article]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(st.characters(blacklist_categories=["Cs"])).filter(lambda t: any(map(str.isalnum, t))), min_size=1
    )
)
def test_texts_round_trip(tmp_path, texts):
    path = tmp_path / "round.jsonl"
    path.write_text("".join(line(text=text, id=str(n)) for n, text in enumerate(texts)), encoding="utf-8")
    assert [(item.id, item.text) for item in load(path)] == [(str(n), text) for n, text in enumerate(texts)]


def test_lines_without_an_id_stand_at_places_of_their_own(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": "One."}\n{"text": "Two.", "id": "b"}\n{"text": "Three."}\n', encoding="utf-8")
    assert [article.path for article in load([corpus])] == [f"{corpus}:1", str(corpus), f"{corpus}:3"]
