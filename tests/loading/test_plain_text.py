"""Plain text: every encoding of the same words, and titles only where there is one."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.loading import load
from quotecli.loading.encodings import decode
from quotecli.loading.plain_text import first_line_title
from quotecli.records import text_id

WORDS = "“We won’t pay £3bn,” said José Núñez of the café – “never.”\nThe ‘plan’ cost €40.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_same_words_in_every_encoding(article_of, encoding):
    article = article_of("a.txt", WORDS.encode(encoding))
    assert article.text == WORDS
    assert article.id == text_id(WORDS)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The price is £5."),
        ("cp1252", "Café “No” £5"),
        ("cp1252", "« Nous n’avons pas été consultés », a déclaré le ministre français, très déçu."),
        ("mac-roman", "“It’s wrong,” said José Núñez. “We won’t go,” he said, and left the café.\n" * 3),
        ("cp1251", "«Мы не согласны с этим решением», — заявил министр иностранных дел в понедельник."),
        ("cp1250", "„To jest skandal”, powiedział minister Żółkiewski. Zażółć gęślą jaźń, dodał rzecznik rządu."),
    ],
)
def test_other_encodings_by_what_their_characters_would_be(tmp_path, encoding, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    [article] = load(path, any_language=True)  # letters are told before languages
    assert article.text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_utf16_by_its_byte_order_mark(article_of, mark):
    encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    assert article_of("a.txt", mark + WORDS.encode(encoding)).text == WORDS


def test_one_damaged_byte_does_not_turn_the_others_into_other_letters(article_of):
    assert article_of("a.txt", (WORDS * 3).encode() + b"caf\xe9\n").text == WORDS * 3 + "caf\ufffd\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_newlines_and_nothing_else_changes(article_of, end):
    text = f"One  two\t“three”{end}{end} Four {end}"
    assert article_of("a.txt", text).text == "One  two\t“three”\n\n Four \n"


def test_nothing_is_invented(article_of):
    article = article_of("a.txt", "The mayor said yes.\nShe left.")
    unknown = (article.title, article.byline, article.outlet, article.published, article.url)
    assert unknown == (None,) * 5
    assert article.path.endswith("a.txt")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Council votes to close pool\n\nThe council voted on Monday.", "Council votes to close pool"),
        ("‘We will not go,’ say residents\n\n\nThe council voted.", "‘We will not go,’ say residents"),
        ("Is the pool safe?\n\nThe council voted.", "Is the pool safe?"),
        ("The council voted on Monday.\n\nIt will meet again.", None),
        ("Council votes to close pool\nThe council voted on Monday.", None),
        ("Council votes to close pool\n\n", None),
        ("PRESS RELEASE\n\nThe council voted.", None),
        ("LONDON (Wire) —\n\nThe council voted.", None),
        ("By Ann Smith\n\nThe council voted.", None),
        ("The council voted on Monday after a long debate " * 4 + "and went\n\nhome.", None),
    ],
)
def test_title_is_a_short_first_line_apart_from_the_text(text, title):
    assert first_line_title(text) == title


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no text"),
        (b"...\n---\n", "no text"),
        (bytes(range(256)) * 8, "binary"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 50, "binary"),
        (b"Words with a\0 zero byte in them", "binary"),
    ],
)
def test_what_is_no_text_is_skipped(reason_of, data, reason):
    assert reason in reason_of("a.txt", data)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\ufffd\ufffe\uffff")))
def test_utf8_text_comes_back_as_it_was(text):
    assert decode(text.encode()) == text
