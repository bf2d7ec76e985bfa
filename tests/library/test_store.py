from __future__ import annotations

import gc
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.errors import NotFoundError
from quotecli.library import Filters, Library, default_path
from quotecli.records import Anonymous, Article, Figure, Mention, Span, Speaker, Statement, text_id


def article_with(text: str, **metadata: object) -> Article:
    return Article(**{"id": text_id(text), "text": text, **metadata})  # type: ignore[arg-type]


def test_added_articles_and_statements_come_back_equal(library: Library, build, said) -> None:
    article, statements = build(
        [
            said("“We go,”|“and soon.”", "Ann Lee", "mayor", "the mayor"),
            said("1.4 million came", "Bo Ek", kind="claim", figure="1.4 million"),
            "The bridge opened on 3 May.",
        ],
        path="a.txt",
        title="On bridges",
        outlet="The Herald",
        published="2024-05-04",
        byline="C. Dunn",
    )
    assert library.add(article, statements) == "added"
    assert list(library.statements()) == statements
    assert library.article(article.id) == article
    assert library.statement(statements[1].id) == statements[1]


def test_sources_and_what_can_be_checked_come_back_equal(library: Library, build, said) -> None:
    article, plain = build([said("1.4 million came", "an official", kind="claim", mention="an official"), "It rained."])
    who = plain[0].speaker.mention
    told = [
        msgspec.structs.replace(
            plain[0], checkable=0.8, channel="statement", anonymous=Anonymous(who=who, reason=Mention("It", 34, 36))
        ),
        msgspec.structs.replace(plain[1], checkable=0.31, channel=None, anonymous=None),
    ]
    library.add(article, told)
    assert list(library.statements()) == told
    assert list(library.statements(Filters(min_checkable=0.5))) == told[:1]
    assert list(library.statements(sort="checkable")) == told


def test_statements_are_chosen_by_how_sure_they_are(library: Library, build) -> None:
    article, plain = build(["It rained.", "The bridge is closed.", "Nobody came."])
    told = [msgspec.structs.replace(each, confidence=sure) for each, sure in zip(plain, (0.9, 0.899, 1.0), strict=True)]
    library.add(article, told)
    assert list(library.statements(Filters(min_confidence=0.9))) == [told[0], told[2]]
    assert list(library.statements(Filters(min_confidence=0))) == told


@pytest.mark.filterwarnings("error")
def test_what_is_read_may_outlive_the_library(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.add(article_with("One fact.\nAnother fact."))
        reading = library.statements()
        assert next(reading).text == "One fact."
    del reading
    gc.collect()


def test_an_article_is_extracted_when_it_is_new(library: Library) -> None:
    article = article_with("One fact.\nAnother fact.")
    assert library.add(article) == "added"
    assert [each.text for each in library.statements()] == ["One fact.", "Another fact."]
    assert library.add(article) == "unchanged"


def test_an_unchanged_article_is_not_extracted_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    article = article_with("One fact.")
    library.add(article)

    def only_asked(items, wanted, *_):
        for each in items:
            assert wanted(each) is None
            yield each, None

    monkeypatch.setattr("quotecli.library.batches.extracted", only_asked)
    assert library.add(article) == "unchanged"


def test_a_newer_model_extracts_again(library: Library, monkeypatch: pytest.MonkeyPatch, build) -> None:
    article = article_with("One fact.")
    library.add(article)
    monkeypatch.setattr("quotecli.library.batches.model_version", lambda: "2")
    monkeypatch.setattr(
        "quotecli.library.batches.extracted",
        lambda items, wanted, *_: ((each, build(["One fact."])[1] * 2 if wanted(each) else None) for each in items),
    )
    assert library.add(article) == "replaced"
    assert len(list(library.statements())) == 2
    assert library.add(article) == "unchanged"


@pytest.mark.parametrize(
    "place", [{"path": "a.txt"}, {"url": "https://a.example/1"}, {"id": "given"}, {"path": "a.jsonl", "id": "given"}]
)
def test_another_text_from_the_same_place_replaces_the_article(library: Library, place: dict[str, str]) -> None:
    library.add(article_with("First.", path="first.txt"))
    library.add(article_with("Old words.", **place))
    library.add(article_with("Last.", path="last.txt"))
    assert library.add(article_with("New words.", **place)) == "replaced"
    assert [each.text for each in library.statements()] == ["First.", "New words.", "Last."]
    assert library.search("old") == []
    assert [hit.text for hit in library.search("words")] == ["New words."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": "a.jsonl", "id": "1"}, {"path": "a.jsonl", "id": "2"}),
        ({"path": "feed.xml", "url": "https://a.example/1"}, {"path": "feed.xml", "url": "https://a.example/2"}),
        ({"path": "a.txt"}, {"path": "b.txt"}),
        ({}, {}),
    ],
)
def test_texts_from_different_places_stay_two(library: Library, one: dict[str, str], other: dict[str, str]) -> None:
    library.add(article_with("One.", **one))
    assert library.add(article_with("Other.", **other)) == "added"
    assert len(library.articles()) == 2


def test_the_same_text_with_new_metadata_is_kept_once_with_the_new(library: Library) -> None:
    library.add(article_with("Rain fell.", path="a.txt", outlet="The Herald"))
    assert library.add(article_with("Rain fell.", path="a.txt", outlet="The Courier")) == "unchanged"
    assert [each.path for each in library.articles()] == ["a.txt"]
    assert library.search("herald") == []
    assert [hit.article.outlet for hit in library.search("courier")] == ["The Courier"]


def test_a_text_that_moved_over_another_leaves_one(library: Library) -> None:
    library.add(article_with("One.", path="a.txt"))
    library.add(article_with("Two.", path="b.txt"))
    assert library.add(article_with("Two.", path="a.txt")) == "replaced"
    assert [(each.path, [place.path for place in each.places]) for each in library.articles()] == [("b.txt", ["a.txt"])]
    assert [each.text for each in library.statements()] == ["Two."]


def test_articles_are_listed_in_the_order_of_adding(library: Library) -> None:
    for text in ("One two.", "Three.", "Four five six.\nSeven."):
        library.add(article_with(text, title=text[:3]))
    assert [(each.title, each.words, each.statements) for each in library.articles()] == [
        ("One", 2, 1),
        ("Thr", 1, 1),
        ("Fou", 4, 2),
    ]


def test_remove_takes_out_the_article_and_all_that_is_known_of_it(library: Library, build, said) -> None:
    article, statements = build([said("Rain will fall", "Ann Lee")], path="a.txt")
    library.add(article, statements)
    library.add(article_with("Snow fell."))
    assert library.remove(article.id) == article
    assert [each.text for each in library.statements()] == ["Snow fell."]
    assert library.speakers() == []
    assert not any("rain" in hit.text.lower() for hit in library.search("rain"))
    assert library.search("lee") == []
    with pytest.raises(NotFoundError):
        library.remove(article.id)


def test_an_article_is_found_by_its_id_its_digest_and_a_beginning_of_them(library: Library) -> None:
    article = article_with("Rain fell.", id="herald-17")
    library.add(article)
    library.add(article_with("Snow fell.", id="courier-3"))
    for id in ("herald-17", "her", article.digest, article.digest[:5]):
        assert library.article(id) == article


@pytest.mark.parametrize("id", ["", "h", "herald-3", "nothing", "%", "' OR 1", "\ud800"])
def test_no_article_or_more_than_one_is_not_found(library: Library, id: str) -> None:
    library.add(article_with("Rain fell.", id="herald-1"))
    library.add(article_with("Snow fell.", id="herald-2"))
    with pytest.raises(NotFoundError):
        library.article(id)


@pytest.mark.parametrize("id", ["", "x", "x-1", "-", "5d41402abc4b-0811"])
def test_no_statement_is_not_found(library: Library, id: str) -> None:
    library.add(article_with("Rain fell.", id="x"))
    with pytest.raises(NotFoundError):
        library.statement(id)


def test_filters(library: Library, build, said) -> None:
    first, in_first = build(
        [
            said("Rain will fall", "Ann Lee", manner="thinks", reported="hypothetical"),
            said("Snow fell", "Bo Ek", kind="claim", manner="denies"),
            "It was 3 May.",
        ],
        outlet="The Herald",
        published="2024-05-04",
    )
    second, in_second = build([said("Hail fell", "Annie Leigh")], outlet="The Courier", published="2024-06-01T10:00")
    third, in_third = build([said("Fog came", "Cy Dunn")])
    for article, statements in ((first, in_first), (second, in_second), (third, in_third)):
        library.add(article, statements)

    def found(**wishes: object) -> list[str]:
        filters = Filters(**wishes)  # type: ignore[arg-type]
        return [each.text for each in library.statements(filters)]

    assert found() == ["Rain will fall", "Snow fell", "It was 3 May.", "Hail fell", "Fog came"]
    assert found(speaker="lee") == ["Rain will fall"]
    assert found(speaker="Lei") == ["Rain will fall"]
    assert found(speaker="nobody") == []
    assert found(kind=("claim", "fact")) == ["Snow fell", "It was 3 May."]
    assert found(form="direct") == ["Rain will fall", "Hail fell", "Fog came"]
    assert found(manner=("thinks", "denies")) == ["Rain will fall", "Snow fell"]
    assert found(reported=("affirmed",)) == ["Snow fell", "Hail fell", "Fog came"]
    assert found(manner=("said",), reported=("negated", "hypothetical")) == []
    assert found(outlet="herald") == ["Rain will fall", "Snow fell", "It was 3 May."]
    assert found(since="2024-05-05") == ["Hail fell"]
    assert found(until="2024-05-04") == ["Rain will fall", "Snow fell", "It was 3 May."]
    assert found(since="2024", until="2024-06-01", kind=("quote",)) == ["Rain will fall", "Hail fell"]
    assert found(digests=(third.digest, first.digest), kind=("quote",)) == ["Rain will fall", "Fog came"]
    assert found(digests=()) == []
    assert [hit.text for hit in library.search("fell", Filters(outlet="Courier"))] == ["Hail fell"]
    assert [each.name for each in library.speakers(Filters(outlet="Herald"))] == ["Ann Lee", "Bo Ek"]


def test_the_speaker_filter_finds_the_short_names_of_the_same_person(library: Library, build, said) -> None:
    library.add(*build([said("Rain", "Ann Lee")], path="1"))
    library.add(*build([said("Snow", "Lee")], path="2"))
    assert [each.text for each in library.statements(Filters(speaker="ann lee"))] == ["Rain", "Snow"]


def test_speakers_are_listed_with_their_counts_roles_and_other_names(library: Library, build, said) -> None:
    library.add(
        *build(
            [
                said("Peace", "Jalil Jilani", "foreign minister", "the caretaker foreign minister"),
                said("Ties", "Jalil Jilani", "foreign minister", "FM Jilani", kind="claim"),
                said("Hope", "Jalil Jilani", "diplomat", "Foreign Minister Jalil Jilani"),
                said("Rain", "Ann Lee"),
                said("Fog", "a passer-by", type="unknown"),
            ]
        )
    )
    library.add(*build([said("Trade", "Jilani"), said("Snow", "Jilani", mention="FM Jilani")]))
    jilani, lee = library.speakers()
    assert (jilani.name, jilani.role, jilani.type) == ("Jalil Jilani", "foreign minister", "person")
    assert (jilani.quotes, jilani.claims, jilani.articles) == (4, 1, 2)
    assert jilani.aliases == ("FM Jilani", "Jilani", "the caretaker foreign minister")
    assert (lee.name, lee.role, lee.quotes, lee.aliases) == ("Ann Lee", None, 1, ())


def test_pronouns_are_no_other_names(library: Library, build, said) -> None:
    article, statements = build([said("Rain", "Ann Lee", mention="she")])
    speaker = msgspec.structs.replace(statements[0].speaker, resolved_by="pronoun")
    library.add(article, [msgspec.structs.replace(statements[0], speaker=speaker)])
    assert library.speakers()[0].aliases == ()


def test_many_articles_are_stored_and_reported_in_order(library: Library) -> None:
    waiting = [(article_with(f"Fact {number % 120}."), None) for number in range(130)]
    outcomes = list(library.add_all(waiting))
    assert outcomes == ["added"] * 120 + ["unchanged"] * 10
    assert len(library.articles()) == 120


def test_the_default_library_is_the_one_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTECLI_LIBRARY", "/some/where.db")
    assert str(default_path()).endswith("where.db")
    monkeypatch.delenv("QUOTECLI_LIBRARY")
    assert default_path().name == "library.db"


TEXT = st.text(st.characters(exclude_categories=[]), max_size=30)
MAYBE = st.none() | TEXT
OFFSET = st.integers(0, 10**6)
MENTION = st.builds(Mention, TEXT, OFFSET, OFFSET)
VALUE = st.none() | st.integers() | st.floats(allow_nan=False) | TEXT
SPEAKER = st.builds(Speaker, name=TEXT, role=MAYBE, mention=st.none() | MENTION, evidence=MAYBE)
ARTICLES = st.builds(Article, id=TEXT, text=TEXT, path=MAYBE, url=MAYBE, title=MAYBE, outlet=MAYBE, published=MAYBE)


def statements_of(article: Article) -> st.SearchStrategy[list[Statement]]:
    statement = st.builds(
        Statement,
        id=TEXT,
        kind=st.sampled_from(["quote", "claim", "fact"]),
        form=st.sampled_from([None, "direct", "mixed", "indirect"]),
        manner=st.sampled_from([None, "said", "wrote", "thinks", "intends", "asks", "denies"]),
        reported=st.sampled_from([None, "affirmed", "negated", "hypothetical"]),
        text=TEXT,
        content=st.lists(st.builds(Span, OFFSET, OFFSET), max_size=3).map(tuple),
        cue=st.none() | MENTION,
        speaker=st.none() | SPEAKER,
        figures=st.lists(st.builds(Figure, text=TEXT, value=VALUE, unit=MAYBE, start=OFFSET, end=OFFSET)).map(tuple),
        confidence=st.floats(0, 1),
        article=st.just(article.ref),
    )
    return st.lists(statement, max_size=3)


@settings(max_examples=60, deadline=None)
@given(ARTICLES.flatmap(lambda article: st.tuples(st.just(article), statements_of(article))))
def test_whatever_is_added_comes_back_equal_and_goes_away(added: tuple[Article, list[Statement]]) -> None:
    article, statements = added
    with Library(":memory:") as library:
        library.add(article, statements)
        assert list(library.statements()) == statements
        assert library.article(article.digest) == article
        library.speakers()
        library.remove(article.digest)
        assert [*library.articles(), *library.statements()] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, max_size=4), TEXT)
def test_no_text_and_no_query_is_too_much(articles: list[Article], query: str) -> None:
    with Library(":memory:") as library:
        for article in articles:
            library.add(article)
        library.search(query)
        library.search(" ".join(article.text for article in articles))
        list(library.statements(Filters(speaker=query, outlet=query)))
