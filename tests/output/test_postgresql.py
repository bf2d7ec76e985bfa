"""The script for PostgreSQL: the rows that COPY reads, and a real server that takes them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.library import Entry
from quotecli.output.postgresql import _field, copy_script, schema_script
from quotecli.records import Anonymous, Article, Figure, Mention, Statement

Say = Callable[..., Statement]
Psql = Callable[..., str]

HOSTILE = Article(
    id="ferries\\1\t",
    path="news/fé\ud800rries.txt",
    title="A\0B",
    published="2024-04-11",
    text="“Boats\tcost £3.5m in 2019 \\. or \\N,” said 𝔄na Whitfield.\r\n\\.\n",
)


def entries(say: Say) -> list[Entry]:
    start = HOSTILE.text.index("£3.5m")
    figures = (
        Figure(text="£3.5m", value=3500000.0, unit="GBP", start=start, end=start + 5),
        Figure(text="2019", value="2019", unit="date", start=start + 9, end=start + 13),
    )
    words = "“Boats\tcost £3.5m in 2019 \\. or \\N,”"
    who = Anonymous(who=Mention("A\0\ud800", 0, 3))
    quote = msgspec.structs.replace(
        say(HOSTILE, "quote", words, name="𝔄na Whitfield", cue="said", source="𝔄na Whitfield", figures=figures),
        anonymous=who,
    )
    kept = {name: getattr(HOSTILE, name) for name in Article.__struct_fields__}
    second = Article(id="second", text="Rain fell.", published="2023")
    plain = {name: getattr(second, name) for name in Article.__struct_fields__}
    return [
        Entry(**kept, model="1", statements=(quote,)),
        Entry(**plain, model="1", statements=(say(second, "fact", "Rain fell."),)),
    ]


@given(st.text(st.characters(exclude_categories=())))
def test_a_field_is_one_line_and_comes_back(words: str) -> None:
    field = _field(words)
    assert not set(field) & set("\t\n\r\0")
    field.encode("utf-8")  # no lone surrogate is left
    back = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    read = re.sub(r"\\[tnr\\]", lambda match: back[match.group()], field)
    assert read == words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    assert len(read) == len(words)


def test_a_script_is_one_transaction(say: Say) -> None:
    script = "".join(copy_script(entries(say)))
    assert script.startswith("\\set ON_ERROR_STOP on\n")
    assert (script.count("BEGIN;"), script.count("COMMIT;")) == (1, 1)
    assert script.endswith("COMMIT;\n")
    assert len(re.findall(r"^COPY .* FROM stdin;$", script, re.MULTILINE)) == 3


def test_every_field_of_a_statement_has_its_column(say: Say) -> None:
    tables = {"figures"}  # has a table of its own
    script = "".join(copy_script(entries(say)))
    (columns,) = re.findall(r"^COPY incoming_statement \((.*)\)", script, re.MULTILINE)
    assert set(Statement.__struct_fields__) - tables <= set(columns.split(", "))


@pytest.fixture(scope="module")
def psql() -> Iterator[Psql]:
    """Runs a script on a server of its own, which listens on a socket only; skipped where none is installed."""
    if os.name != "posix" or not (tools := _tools()):
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user and subprocess.run([*user, "true"], check=False, capture_output=True).returncode:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres to run it as")
    folder = Path(subprocess.check_output([*user, "mktemp", "-d", "/tmp/quotecli-pg.XXXXXX"], text=True).strip())
    data = folder / "data"

    def call(*command: object, words: str | None = None) -> str:
        ran = subprocess.run(
            [*user, *map(str, command)],
            input=words,
            capture_output=True,
            encoding="utf-8",
            cwd="/",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def script(words: str) -> str:
        return call(tools / "psql", "-XAtq", "-h", folder, "-d", "postgres", words=words)

    try:
        call(tools / "initdb", "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        call(tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        yield script
    finally:
        subprocess.run(
            [*user, tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/"
        )
        subprocess.run([*user, "rm", "-rf", folder], check=False)


def _tools() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    where = str(found[-1]) if found else shutil.which("initdb")
    return Path(where).parent if where else None


def test_a_server_takes_it_and_answers(psql: Psql, say: Say) -> None:
    psql(schema_script())
    psql(schema_script())  # the tables stay
    given = entries(say)
    for _ in range(2):  # what is there is replaced
        psql("".join(copy_script(given)))
    counts = "SELECT (SELECT count(*) FROM quotecli.article), (SELECT count(*) FROM quotecli.statement),"
    assert psql(f"{counts} (SELECT count(*) FROM quotecli.figure);") == "2|2|2\n"
    (quote,) = given[0].statements
    assert psql("SELECT replace(text, E'\\t', '<tab>') FROM quotecli.statement WHERE speaker = '𝔄na Whitfield';") == (
        quote.text.replace("\t", "<tab>") + "\n"
    )
    assert psql("SELECT value, number FROM quotecli.figure ORDER BY starts;") == "3500000.0|3500000.0\n2019|\n"
    assert psql("SELECT day, title FROM quotecli.article ORDER BY published DESC;") == "2024-04-11|A\ufffdB\n|\n"
    assert psql("SELECT anonymous->'who'->>'text' FROM quotecli.statement WHERE anonymous IS NOT NULL;") == "A\ufffd?\n"


def test_offsets_are_those_of_the_stored_text(psql: Psql, say: Say) -> None:
    psql(schema_script())
    psql("".join(copy_script(entries(say))))
    same = """SELECT bool_and(s.text = substring(a.text FROM s.content[1][1] + 1 FOR s.content[1][2] - s.content[1][1])
                 AND (s.cue IS NULL OR s.cue->>'text' = substring(a.text FROM (s.cue->>'start')::int + 1
                      FOR (s.cue->>'end')::int - (s.cue->>'start')::int)))
              FROM quotecli.statement s JOIN quotecli.article a ON a.digest = s.article;"""
    assert psql(same) == "t\n"


def test_english_words_are_found_in_other_forms(psql: Psql, say: Say) -> None:
    psql(schema_script())
    psql("".join(copy_script(entries(say))))
    found = "SELECT speaker FROM quotecli.statement WHERE words @@ websearch_to_tsquery('english', 'boat costs');"
    assert psql(found) == "𝔄na Whitfield\n"
    plan = psql(f"SET enable_seqscan = off; EXPLAIN {found}")
    assert "statement_words" in plan


def test_a_newer_reading_takes_the_place_of_the_older(psql: Psql, say: Say) -> None:
    psql(schema_script())
    first, second = entries(say)
    psql("".join(copy_script([first, second])))
    psql("".join(copy_script([msgspec.structs.replace(first, model="2", statements=())])))
    assert psql("SELECT article, kind FROM quotecli.statement;") == f"{second.digest}|fact\n"
    assert psql("SELECT model FROM quotecli.article ORDER BY 1;") == "1\n2\n"
