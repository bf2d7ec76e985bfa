"""The public API: what the package offers, and that importing it stays cheap."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import cast

import pytest

import quotecli
from quotecli.output.plain_formats import to_json
from quotecli.output.statements import CSV_COLUMNS
from quotecli.records import text_id

HEAVY = ("numpy", "onnxruntime", "trafilatura", "rich", "typer", "rapidfuzz", "msgspec", "sqlite3")


def test_every_public_name_is_there() -> None:
    names = cast(list[str], quotecli.__all__)
    for name in names:
        assert getattr(quotecli, name) is not None
        assert name in dir(quotecli)
    assert {"extract", "Library", "Statement", "__version__"} <= set(names)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="rumour"):
        _ = quotecli.rumour


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import quotecli, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


READERS = ("pydantic", "quotecli.loading", "quotecli.text.sentences")


def test_help_and_search_import_no_reader_and_no_model() -> None:
    code = f"""
import sys
from quotecli.cli import main
sys.argv = ["quotecli", "search", "x", "--library", "none.db"]
main()
print([name for name in {HEAVY[:4] + READERS!r} if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("words", "completing"), [("--version", None), ("", "quotecli se")], ids=["version", "completion"]
)
def test_version_and_completion_import_no_command(words: str, completing: str | None) -> None:
    code = f"""
import sys
from quotecli.cli import main
sys.argv = ["quotecli", *{words.split()!r}]
try:
    main()
except SystemExit:
    pass
print([name for name in sys.modules if name.startswith(("quotecli.library", "quotecli.loading", "rapidfuzz"))])
"""
    shell = {"COMP_WORDS": completing, "COMP_CWORD": "1", "_QUOTECLI_COMPLETE": "complete_bash"} if completing else {}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **shell}
    )
    assert ran.stdout.splitlines()[1:] == ["[]"]


def test_versions_agree() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == quotecli.__version__


TEXT = "“We have no choice,” Ana Whitfield said. The bridge, which cost $3 million, closed in 2019."


def test_a_text_is_extracted_as_an_article_of_it_is() -> None:
    article = quotecli.Article(id=text_id(TEXT), text=TEXT)
    assert quotecli.extract(TEXT) == quotecli.extract(article) != []


def test_what_is_no_article_is_refused_and_says_so() -> None:
    with pytest.raises(TypeError, match="an Article or a text, not int"):
        quotecli.extract(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="was not read: no such file"):
        quotecli.extract(quotecli.Skipped("gone.txt", "no such file"))  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [None, 2])
def test_all_are_extracted_in_order_and_counted(jobs: int | None) -> None:
    skipped = quotecli.Skipped("gone.txt", "no such file")
    done: list[int] = []
    found = list(quotecli.extract_all([TEXT, skipped, "Hi."], jobs=jobs, progress=done.append))
    assert [statements for _, statements in found] == [quotecli.extract(TEXT), [], []]
    assert found[1][0] is skipped
    assert done == [1, 2, 3]


def test_an_article_that_takes_too_long_comes_back_with_the_reason() -> None:
    ((article, statements),) = quotecli.extract_all([TEXT], seconds=0)
    assert isinstance(article, quotecli.Skipped)
    assert "took longer than 0 s" in article.reason
    assert statements == []


def test_a_record_as_a_dict_is_its_json() -> None:
    (article,) = quotecli.load(quotecli.samples()[:1])
    assert isinstance(article, quotecli.Article)
    for record in [*quotecli.extract(article), article]:
        assert record.to_dict() == json.loads(to_json(record))


class Frame:
    """What looks like a data frame of pandas or polars, or a table of Arrow."""

    columns = ("text",)

    def __iter__(self):
        return iter(self.columns)


@pytest.mark.parametrize(
    ("given", "helps"),
    [
        (Frame(), "not a Frame: quotecli.extract_all takes its column of texts"),
        (b"news/a.txt", "not bytes"),
        (quotecli.Article(id="a", text="b"), "not Article; quotecli.extract takes articles"),
        ({"text": "a"}, "not dict"),
        (3, "not int"),
    ],
)
def test_what_is_no_path_is_refused_at_once_with_what_to_do(given: object, helps: str) -> None:
    with pytest.raises(TypeError, match=re.escape(helps)):
        quotecli.load(given)  # type: ignore[arg-type]


def test_what_is_no_path_among_paths_is_refused() -> None:
    with pytest.raises(TypeError, match="not Article"):
        list(quotecli.load([quotecli.Article(id="a", text="b")]))  # type: ignore[list-item]


def test_a_frame_without_pandas_is_a_dict_of_the_columns_of_the_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    columns = quotecli.frame(quotecli.extract(TEXT))
    assert columns["speaker"][0] == "Ana Whitfield"
    assert {len(values) for values in columns.values()} == {2}
    assert list(columns) == [name for name in CSV_COLUMNS if name not in ("person", "score", "context", "repeats")]
    assert set(quotecli.frame([])) == set(columns)


def test_a_frame_of_a_search_has_scores() -> None:
    pandas = pytest.importorskip("pandas")
    with quotecli.Library(":memory:") as library:
        library.add(quotecli.Article(id="a", text=TEXT))
        found = quotecli.frame(library.search("choice"))
    assert isinstance(found, pandas.DataFrame)
    assert list(found[["speaker", "kind"]].iloc[0]) == ["Ana Whitfield", "quote"]
    assert found["score"][0] > 0


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        ({"kind": "quotes"}, "kind is one of quote, claim, fact, not 'quotes'"),
        ({"manner": ["said", "sang"]}, "'sang'"),
        ({"since": "May 2023"}, "since is a date like 2023"),
        ({"until": "2023-02-30"}, "until is a date"),
        ({"since": 2023}, "not 2023"),
    ],
)
def test_filters_that_nothing_could_meet_are_refused(wishes: dict[str, object], says: str) -> None:
    with pytest.raises(quotecli.UsageError, match=re.escape(says)):
        quotecli.Filters(**wishes)  # type: ignore[arg-type]


def test_filters_are_said_as_on_the_command_line() -> None:
    with quotecli.Library(":memory:") as library:
        library.add(quotecli.Article(id="a", text=TEXT))
        assert [each.kind for each in library.statements(quotecli.Filters(kind="fact"))] == ["fact"]
        assert len(list(library.statements(quotecli.Filters(kind=["quote", "fact"])))) == 2
        assert len(list(library.statements(quotecli.Filters(kind=())))) == 2
        assert [each.form for each in library.statements(quotecli.Filters(form="direct"))] == ["direct"]
