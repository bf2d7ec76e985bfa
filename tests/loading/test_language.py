"""Which texts are not English: each language is told by a text written for this test, and English never is another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.loading import load, samples
from quotecli.loading.language import code_of, other_language
from quotecli.records import Article, Skipped

CASES = json.loads((Path(__file__).parent / "languages.json").read_text(encoding="utf-8"))
FRENCH = CASES["French"]
SHARED = Path(__file__).parents[2].parent / "shared"
TABLE = "Rovers 2 1 City 3 0 United 1 1 Wanderers 0 0 Albion 2 2 County 4 1 Athletic " * 20


@pytest.mark.parametrize("language", sorted(CASES))
def test_other_languages_are_recognised(language):
    assert other_language(CASES[language]) == language


@pytest.mark.parametrize("text", ["", "Non.", "Le maire a dit non.", TABLE, "12.5 – 13,7 % " * 50])
def test_what_is_not_clear_passes(text):
    assert other_language(text) is None


def test_an_english_article_that_quotes_others_at_length_is_english():
    english = "The mayor said that they had not been told of it, and that the bridge would be closed until the summer. "
    assert other_language(english * 4 + FRENCH) is None
    assert other_language(english * 2 + CASES["Cyrillic"]) is None


def test_accents_may_be_characters_of_their_own():
    import unicodedata

    assert other_language(unicodedata.normalize("NFD", CASES["Vietnamese"])) == "Vietnamese"


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=400))
def test_letters_without_words_are_no_language(text):
    assert other_language("".join(text.split()) * 3) is None


def test_the_samples_are_english():
    assert [path.name for path in samples() if other_language(path.read_text(encoding="utf-8"))] == []


def test_no_english_article_is_taken_for_another_language():
    if not SHARED.is_dir():
        pytest.skip("needs the shared texts")
    with (SHARED / "polnear" / "dev.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts += [item.text for item in load(SHARED / "gold", any_language=True) if isinstance(item, Article)]
    assert len(texts) > 20
    assert [text[:80] for text in texts if other_language(text)] == []


def test_skipped_unless_any_language_is_asked_for(load_bytes, tmp_path):
    assert load_bytes("a.txt", FRENCH.encode()) == [
        Skipped(str(tmp_path / "a.txt"), "not English (looks French)", "any_language")
    ]
    (article,) = load(tmp_path / "a.txt", any_language=True)
    assert article.text == FRENCH


def test_in_a_corpus_it_costs_only_itself(load_bytes):
    lines = "\n".join(json.dumps({"text": text}) for text in ("An English text.", FRENCH))
    first, second = load_bytes("corpus.jsonl", lines.encode())
    assert first.text == "An English text."
    assert second.path.endswith("corpus.jsonl:2")
    assert "looks French" in second.reason


@pytest.mark.parametrize(
    ("language", "declared", "code"),
    [
        ("English", "fr", "en"),
        ("French", None, "fr"),
        ("Danish", None, None),
        ("Danish", "da-DK", "da"),
        ("Cyrillic", "uk", "uk"),
        ("Cyrillic", None, None),
        (None, "en_GB", "en"),
        (None, "english", None),
        (None, "", None),
        (None, None, None),
    ],
)
def test_a_code_is_what_the_text_shows_else_what_the_document_says(language, declared, code):
    assert code_of(language, declared) == code


def test_articles_have_their_language(tmp_path):
    page = f'<html lang="en-GB"><body><article><p>{CASES["French"]}</p></article></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "Rain fell.", "lang": "en"}', encoding="utf-8")
    assert [article.language for article in load(tmp_path, any_language=True)] == ["fr", None, "en"]
    assert {article.language for article in load(map(str, samples()))} == {"en"}


LETTERS = json.loads((Path(__file__).parent / "told_by_letters.json").read_text(encoding="utf-8"))
FOREIGN: dict[str, str] = LETTERS["foreign"]
ENGLISH_TEXTS: dict[str, str] = LETTERS["english"]


@pytest.mark.parametrize("language", FOREIGN)
def test_letters_tell_what_small_words_do_not(language: str) -> None:
    assert other_language(FOREIGN[language]) is not None


@pytest.mark.parametrize("kind", ENGLISH_TEXTS)
def test_odd_english_is_no_other_language(kind: str) -> None:
    assert other_language(ENGLISH_TEXTS[kind]) is None


def test_a_page_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    words = "".join(f"<p>{FOREIGN['Polish']}</p>" for _ in range(5))
    page.write_text(
        f"<html><head><script>var the = 'the and the with the and';</script></head><body>{words}</body></html>"
    )
    monkeypatch.setattr("quotecli.loading.html.page_tree", lambda *_: pytest.fail("was parsed"))
    (skipped,) = load(page)
    assert isinstance(skipped, Skipped)
    assert "Polish" in skipped.reason


def test_an_english_article_on_a_foreign_page_is_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    around = "".join(f"<div><a href='/{n}'>{FOREIGN['Polish']}</a></div>" for n in range(5))
    story = (
        "<p>The mayor said that the bridge would be closed and that nobody had asked the people of the town.</p>" * 6
    )
    page.write_text(f"<html><body><nav>{around}</nav><article><h1>Bridge to close</h1>{story}</article></body></html>")
    (article,) = load(page)
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    "text",
    [
        "Wójt gminy powiedział w poniedziałek, że most zostanie zamknięty do końca roku.",
        "Dos hombres fueron detenidos el viernes como sospechosos de robar bicicletas.",
        "Två män greps i fredags misstänkta för att ha stulit cyklar ur källare.",
        "Belediye başkanı pazartesi günü köprünün yıl sonuna kadar kapalı kalacağını söyledi.",
        "Doi bărbați suspectați că au furat biciclete au fost reținuți vineri seară.",
    ],
)
def test_a_sentence_tells_its_language(text: str) -> None:
    assert other_language(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Szymańska-Wójcik told Gazeta Wyborcza that Łukasz Świątkowski met Władysław Kosiniak-Kamysz in Bydgoszcz.",
        "Ukraine war live: Zelenskyy thanks allies in Kyiv, Kharkiv, Zaporizhzhia and Mykolaiv",
        "Sinn Féin's Mary Lou McDonald and Fianna Fáil's Micheál Martin clashed in Dáil Éireann over funding.",
        "Iga Świątek beats Aryna Sabalenka 6-3, 6-4 in Doha, Emma Navarro out early",
        "“C'est la vie, mon ami, on ne peut pas gagner tous les jours,” said Thierry Henry in French after the game.",
    ],
)
def test_foreign_names_and_words_leave_a_sentence_english(text: str) -> None:
    assert other_language(text) is None
