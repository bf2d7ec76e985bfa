from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from quotecli import Article, Library, extract
from quotecli.errors import ModelError
from quotecli.meaning import CODE_BYTES
from quotecli.meaning.codes import encode, likeness
from quotecli.meaning.table import FILE, Table, table


def cosine(one: str, other: str) -> float:
    first, second = table().texts([one.split(), other.split()])
    return float(first @ second)


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [("evict", "expel", "bread"), ("nurse", "hospital", "engine"), ("layoffs", "unemployment", "glacier")],
)
def test_words_are_nearer_to_those_that_mean_the_like(word: str, like: str, unlike: str) -> None:
    assert cosine(word, like) > cosine(word, unlike) + 0.2


def test_a_text_means_the_same_in_any_order_and_least_by_its_commonest_words() -> None:
    assert cosine("illegal immigrants", "immigrants illegal") == pytest.approx(1)
    assert cosine("the illegal immigrants", "illegal immigrants") > 0.97


def test_unknown_words_make_a_text_unlike_all_others() -> None:
    known, partly, none, empty = table().texts([["rain"], ["rain", "xyzzyx"], ["xyzzyx"], []])
    assert known @ known == pytest.approx(1)
    assert 0 < partly @ known < 0.9
    assert not none.any()
    assert not empty.any()


def test_vectors_of_words_are_those_that_are_known() -> None:
    words = table().words([["rain", "xyzzyx", "snow"], [], ["fog"]])
    assert words.vectors.shape == (3, table().dimensions)
    assert (words.counts.tolist(), words.unknown.tolist()) == ([2, 0, 1], [1, 0, 0])
    assert words.reduced(np.maximum, words.vectors)[0].tolist() == words.vectors[:2].max(0).tolist()
    assert not words.reduced(np.maximum, words.vectors)[1].any()
    assert table().words([]).wholes().shape == (0, table().dimensions)


def test_codes_tell_products_nearly() -> None:
    chance = np.random.default_rng(7)
    vectors = chance.standard_normal((20_000, table().dimensions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = vectors[0] + vectors[1]
    query /= np.linalg.norm(query)
    codes = encode(vectors)
    assert (str(codes.dtype), codes.shape) == ("uint8", (len(vectors), CODE_BYTES))
    wrong = likeness(query, codes) - vectors @ query
    assert np.abs(wrong).max() < 0.2
    assert wrong.std() < 0.04
    assert set(np.argsort(-likeness(query, codes))[:2].tolist()) == {0, 1}


def test_statements_of_real_words_have_codes_that_tell_their_likeness() -> None:
    texts = [
        ["rain", "fell"],
        ["interest", "rates", "rose"],
        ["snow", "and", "ice"],
        ["the", "bank", "raised", "rates"],
    ]
    vectors = table().texts(texts)
    for query in vectors:
        assert np.abs(likeness(query, encode(vectors)) - vectors @ query).max() < 0.25


def test_a_damaged_or_missing_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "words.npz"
    with pytest.raises(ModelError, match="reinstall"):
        Table(path)
    path.write_bytes(FILE.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="reinstall"):
        Table(path)


def test_the_library_does_not_load_numpy_before_it_looks_for_meanings(tmp_path: Path) -> None:
    """Words that answer are enough; where none does, what means the same is looked for."""
    article = Article(id="rain", text="“The rain will come,” Ruth Okafor said.")
    with Library(tmp_path / "library.db") as library:
        library.add(article, extract(article))
    code = (
        "import sys; from quotecli import Library; library = Library(sys.argv[1]); assert library.search('rain');"
        " assert 'numpy' not in sys.modules; library.search('downpour'); assert 'numpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "library.db"], check=True, timeout=60)
