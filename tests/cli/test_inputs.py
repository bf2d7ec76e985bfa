"""What reads articles: --from, extract, add, remove, and the samples of a new user. With the real model."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from quotecli import samples
from quotecli.cli.exits import Exit
from quotecli.loading.encodings import decode

Run = Callable[..., CompletedProcess[str]]

STORY = """The mayor, Ruth Okafor, said the bridge would open in June.
“Every bolt was checked twice,” she told reporters on Friday.
The bridge cost £12 million.
"""


def records(answer: CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path, story: Path) -> Path:
    """A folder with one article and inputs that are none."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a-empty.txt").touch()
    (folder / "b-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "c-lines.jsonl").write_text('{"id": "1", "text": \n{"id": "2"}\n')
    (folder / "d-unknown.xyz").write_text("What is this?")
    (folder / "e-bridge.txt").write_bytes(story.read_bytes())
    return folder


def test_a_new_user_is_answered_by_the_samples(run: Run) -> None:
    answer = run("search", "refugees", "--json")
    assert answer.returncode == Exit.DONE
    assert answer.stderr.count("\n") == 1
    assert "sample articles" in answer.stderr
    speakers = {record["speaker"]["name"] for record in records(answer) if record["speaker"]}
    assert {"Zabihullah Mujahid", "Mumtaz Zahra Baloch"} <= speakers
    jsonschema.validate(records(answer), json.loads(run("schema").stdout))
    with_typo = records(run("search", "refugess", "--json", "--quiet"))
    assert {record["id"] for record in with_typo} == {record["id"] for record in records(answer)}
    assert len(records(run("articles", "--quiet", "--json"))) == len(samples())


def test_extract_prints_every_statement_in_the_order_of_the_text(run: Run, story: Path) -> None:
    answer = run("extract", story, "--format", "jsonl")
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "")
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    starts = [record["content"][0][0] for record in found]
    assert starts == sorted(starts)
    assert {record["kind"] for record in found} == {"quote", "claim", "fact"}
    for record in found:
        assert record["text"] == " … ".join(STORY[start:end] for start, end in record["content"])
    assert {record["speaker"]["name"] for record in found if record["speaker"]} == {"Ruth Okafor"}
    quotes = records(run("extract", story, "--kind", "quote", "--form", "direct", "--json"))
    assert [record["text"] for record in quotes] == ["“Every bolt was checked twice,”"]


def test_extract_prints_what_is_sure_enough(run: Run, story: Path) -> None:
    found = records(run("extract", story, "--json"))
    surest = max(record["confidence"] for record in found)
    chosen = records(run("extract", story, "--min-confidence", surest, "--json"))
    assert chosen == [record for record in found if record["confidence"] == surest]
    assert len(chosen) < len(found)


def test_json_lines_come_back_with_their_ids(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    lines = [{"id": f"story {number}", "text": f"{STORY}Part {number}.", "outlet": "Post"} for number in (1, 2)]
    corpus.write_text("\n".join(map(json.dumps, lines)))
    found = [json.loads(line) for line in run("extract", corpus, "--format", "jsonl").stdout.splitlines()]
    assert {record["article"]["id"] for record in found} == {"story 1", "story 2"}
    asked = records(run("quotes", "--from", corpus, "--outlet", "post", "--json"))
    assert [record["article"]["id"] for record in asked] == ["story 1", "story 2"]


def test_same_ids_in_two_files_do_not_hide_each_other(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "1", "text": f"{STORY}This is {name}."}))
    both = run("quotes", "--from", "one.jsonl", "--from", "two.jsonl", "--json")
    assert len({record["id"] for record in records(both)}) == 2
    assert {(record["article"]["id"], record["article"]["path"]) for record in records(both)} == {
        ("1", "one.jsonl"),
        ("1", "two.jsonl"),
    }
    assert len(records(run("articles", "--from", "one.jsonl", "--from", "two.jsonl", "--json"))) == 2


def test_what_is_shown_of_an_article_is_as_it_was_read_now(run: Run, story: Path) -> None:
    run("quotes", "--from", story)
    story.with_name("copy.jsonl").write_text(json.dumps({"id": "copy", "text": STORY, "title": "A bridge"}))
    [quote] = records(run("quotes", "--from", "copy.jsonl", "--json"))
    assert (quote["article"]["id"], quote["article"]["path"]) == ("copy", "copy.jsonl")
    [shown] = records(run("show", "copy", "--from", "copy.jsonl", "--json"))
    assert (shown["id"], shown["title"], shown["text"]) == ("copy", "A bridge", STORY)
    assert [each["id"] for each in shown["statements"] if each["kind"] == "quote"] == [quote["id"]]
    assert records(run("show", quote["id"], "--from", "copy.jsonl", "--json"))[0]["article"] == quote["article"]


def test_bad_inputs_cost_only_themselves(run: Run, mixed: Path) -> None:
    for arguments in (("extract", mixed), ("quotes", "--from", mixed), ("extract", "missing.txt", mixed)):
        answer = run(*arguments, "--json")
        assert answer.returncode == Exit.INPUT
        assert any("Every bolt" in record["text"] for record in records(answer))
        *complaints, count = answer.stderr.splitlines()
        assert count == f"1 read, {len(complaints)} not read."
        assert all(line.startswith("quotecli: ") for line in complaints)
        for name in ("a-empty.txt", "b-binary.txt", "c-lines.jsonl:1", "c-lines.jsonl:2"):
            assert sum(name in line for line in complaints) == 1, complaints


def test_a_text_without_capitals_is_read_and_a_line_says_what_that_costs(run: Run, story: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.txt"
    small.write_text("alan marwick , the mayor , said on monday that the bridge over the river would be closed .\n" * 2)
    line = "1 without capital letters: names are guessed there, and some are missed."
    for arguments in (("extract", small, story), ("claims", "--from", small)):
        answer = run(*arguments)
        assert (answer.returncode, answer.stderr.splitlines()[-1]) == (Exit.DONE, line)
    assert run("add", small).stderr.splitlines()[-1] == line
    assert run("extract", small, "--quiet").stderr == ""
    assert "without capital" not in run("extract", story).stderr


def test_what_is_not_english_is_skipped_unless_it_is_asked_for(start: Run, story: Path, tmp_path: Path) -> None:
    languages = json.loads((Path(__file__).parents[1] / "loading" / "languages.json").read_text(encoding="utf-8"))
    (tmp_path / "pont.txt").write_text(languages["French"], encoding="utf-8")
    skipped = "quotecli: pont.txt: not English (looks French; --any-language reads it all the same)\n"
    for arguments in (["extract", "pont.txt", story], ["quotes", "--from", "pont.txt", "--from", story]):
        answer = start(*arguments, "--json")
        assert (answer.returncode, answer.stderr) == (Exit.INPUT, f"{skipped}1 read, 1 not read.\n")
        assert {Path(each["article"]["path"]).name for each in records(answer)} == {"bridge.txt"}
        assert start(*arguments, "--json", "--any-language").returncode == Exit.DONE
    assert start("add", "pont.txt").stderr == f"{skipped}0 added, 0 replaced, 0 unchanged, 1 not read.\n"
    assert start("add", "pont.txt", "--any-language").returncode == Exit.DONE
    assert [each["path"] for each in records(start("articles", "--json"))] == ["pont.txt"]


@pytest.mark.parametrize("command", ["extract", "add"])
def test_errors_are_written_for_programs(start: Run, mixed: Path, tmp_path: Path, command: str) -> None:
    answer = start(command, "missing-\udcff.txt", mixed, "--errors", "errors.jsonl", "--quiet", "--verbose")
    assert answer.returncode == Exit.INPUT
    written = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [f"quotecli: {each['path']}: {each['reason']}" for each in written] == answer.stderr.splitlines()
    assert all(each.keys() == {"path", "reason"} for each in written)
    assert len(written) == 6
    assert start(command, mixed / "e-bridge.txt", "--errors", "errors.jsonl").returncode == Exit.DONE
    assert (tmp_path / "errors.jsonl").read_text() == ""


def test_errors_that_cannot_be_written_are_one_line(start: Run, mixed: Path) -> None:
    for file in (mixed, "no/such/folder.jsonl", "/dev/full" if Path("/dev/full").exists() else mixed):
        answer = start("extract", mixed, "--errors", file)
        assert answer.returncode == Exit.OUTPUT
        assert answer.stderr.splitlines()[-1].startswith(f"quotecli: cannot write {file}: ")
        assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", [["extract"], ["quotes", "--from"]])
def test_the_column_of_a_table_can_be_named(start: Run, tmp_path: Path, command: list[str]) -> None:
    rows = f'a,words\nno,"{STORY}"\n'
    (tmp_path / "table.csv").write_text(rows, encoding="utf-8")
    answer = start(*command, "table.csv")
    assert answer.returncode == Exit.INPUT
    assert "(--text-column NAME)" in answer.stderr
    found = records(start(*command, "table.csv", "--text-column", "words", "--json"))
    assert "“Every bolt was checked twice,”" in [each["text"] for each in found]


@pytest.mark.parametrize("command", [["extract"], ["add"], ["quotes", "--from"]])
@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--max-bytes", "100", "larger than 100 bytes, the limit for one document (--max-bytes)"),
        ("--max-seconds", "0", "took longer than 0 s, the limit for one document (--max-seconds)"),
        ("--max-depth", "0", "more than 0 archives inside one another, the limit (--max-depth)"),
    ],
)
def test_limits_have_options(
    run: Run, tmp_path: Path, command: list[str], option: str, value: str, reason: str
) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("bridge.txt", STORY)
    answer = run(*command, "news.zip", option, value)
    assert answer.returncode == Exit.INPUT
    assert answer.stderr.splitlines()[0] == f"quotecli: news.zip/bridge.txt: {reason}"
    assert run(*command, "news.zip", option, "1000").returncode == Exit.DONE


def test_from_asks_only_what_it_names_and_in_that_order(run: Run, story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("“It rained all day,” Ben Ito said.\n", encoding="utf-8")
    run("quotes", "--from", story)
    assert [each["name"] for each in records(run("speakers", "--from", other, "--json"))] == ["Ben Ito"]
    both = records(run("quotes", "--from", other, "--from", story, "--json"))
    assert [record["speaker"]["name"] for record in both] == ["Ben Ito", "Ruth Okafor"]
    story.write_text(STORY.replace("twice", "thrice"), encoding="utf-8")
    [quote] = records(run("quotes", "--from", story, "--json"))
    assert quote["text"] == "“Every bolt was checked thrice,”"
    assert Path(quote["article"]["path"]) == story


def test_files_that_have_not_changed_are_not_read_again(run: Run, mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def decode_nothing_of_the_bridge(data: bytes, charset: str | None) -> str:
        assert b"bridge" not in data
        return decode(data, charset)

    for path in mixed.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    added, asked = run("add", mixed), run("quotes", "--from", mixed, "--json")
    with monkeypatch.context() as patch:
        patch.setattr("quotecli.loading.plain_text.decode", decode_nothing_of_the_bridge)
        told = added.stderr.replace("1 added, 0 replaced, 0 unch", "0 added, 0 replaced, 1 unch")
        assert run("add", mixed).stderr == told  # what was skipped is told again
        assert run("quotes", "--from", mixed, "--json").stdout == asked.stdout
        [quote] = records(run("quotes", "--from", "mixed/e-bridge.txt", "--json"))
        assert quote["article"]["path"] == "mixed/e-bridge.txt"
    os.utime(mixed / "e-bridge.txt", (1_700_000_001, 1_700_000_001))
    (mixed / "e-bridge.txt").write_text(STORY.replace("twice", "never"), encoding="utf-8")
    os.utime(mixed / "e-bridge.txt", (1_700_000_001, 1_700_000_001))
    assert run("add", mixed).stderr.splitlines()[-1] == "0 added, 1 replaced, 0 unchanged, 5 not read."
    assert "never" in run("quotes", "--from", mixed, "--json").stdout


def test_from_works_where_nothing_can_be_kept(run: Run, story: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the cache folder should be")
    answer = run("quotes", "--from", story, "--json", env={"XDG_CACHE_HOME": str(blocked)})
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "")
    assert len(records(answer)) == 1


def test_add_ask_and_remove(run: Run, story: Path, mixed: Path) -> None:
    assert run("add", story).stderr == "1 added, 0 replaced, 0 unchanged, 0 not read.\n"
    assert run("add", story).stderr == "0 added, 0 replaced, 1 unchanged, 0 not read.\n"
    story.write_text(STORY.replace("twice", "thrice"), encoding="utf-8")
    assert run("add", story).stderr == "0 added, 1 replaced, 0 unchanged, 0 not read.\n"
    again = run("add", mixed)
    assert again.returncode == Exit.INPUT
    assert again.stderr.splitlines()[-1].startswith("1 added")
    answer = run("quotes", "--json")
    assert answer.stderr == ""  # the library answers, not the samples
    assert len(records(answer)) == 2
    first, second = records(run("articles", "--json"))
    removed = run("remove", first["id"], "nothing")
    assert removed.returncode == Exit.NOT_FOUND
    assert "'nothing'" in removed.stderr
    assert [article["id"] for article in records(run("articles", "--json"))] == [second["id"]]


def test_standard_input(start: Run) -> None:
    answer = start("extract", "-", "--json", input=STORY)
    assert answer.returncode == Exit.DONE
    assert any("Every bolt" in record["text"] for record in records(answer))
    assert {record["article"]["path"] for record in records(answer)} == {"-"}
