"""Texts without capital letters: whose they are is told all the same, and every offset is the text's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.loading import load, samples
from quotecli.naming.recapitalising import with_capitals
from quotecli.pipeline import extract
from quotecli.records import Article, Span, text_digest
from quotecli.text import lacks_capitals


def article_of(text: str) -> Article:
    return Article(id=text_digest(text), text=text)


def speakers(article: Article) -> list[str | None]:
    return [statement.speaker.name if statement.speaker else None for statement in extract(article)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "the mayor of harwick , alan marwick , said on monday that the bridge would be closed .\n\n"
            '" nobody told me anything , " marwick told reporters .',
            {"Alan Marwick"},
        ),
        (
            "tess garrow , a spokeswoman for the harbour board , said the damage was found in may by two divers . "
            '" we were lucky , " she said . " it could have been worse . "',
            {"Tess Garrow"},
        ),
        (
            "“we will not go,” said ann lee, who has lived there for thirty years. the council did not answer.\n"
            "mr. osterhaus, her neighbour, said that he would stay, too.",
            {"Ann Lee", "Osterhaus"},
        ),
    ],
)
def test_who_speaks_in_a_text_without_capitals(text: str, who: set[str]) -> None:
    article = article_of(text)
    assert lacks_capitals(text)
    assert who <= set(speakers(article))
    for statement in extract(article):
        assert statement.text == " … ".join(text[span.start : span.end] for span in statement.content)
        if statement.speaker and statement.speaker.mention:
            mention = statement.speaker.mention
            assert mention.text == text[mention.start : mention.end]


def test_the_samples_lose_few_speakers_with_their_capitals() -> None:
    kept = wanted = 0
    for article in (each for each in load(samples()) if isinstance(each, Article)):
        small = article_of(article.text.lower())
        assert lacks_capitals(small.text)
        assert not lacks_capitals(article.text)
        found = {name.casefold() for name in speakers(small) if name}
        names = {statement.speaker.name for statement in extract(article) if statement.speaker}
        persons = {name.casefold() for name in names if len(name.split()) > 1}
        kept, wanted = kept + len(persons & found), wanted + len(persons)
    assert wanted > 10
    assert kept > 0.75 * wanted


def test_some_capitals_are_enough() -> None:
    assert not lacks_capitals("The bridge is closed, said the mayor, and nobody knows for how long it will be so. " * 3)
    assert not lacks_capitals("too short to tell")
    assert not lacks_capitals("1 2 3 4 5 6 7 8 9 " * 30)


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_every_letter_keeps_its_place(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b), max(a, b)) for a, b in places]
    capital = with_capitals(text, spans, spans)
    assert len(capital) == len(text)
    assert capital.casefold() == text.casefold()
