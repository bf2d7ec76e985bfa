"""Work side by side: in order, bounded, and one that dies costs only what it worked on."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from itertools import count, islice

import pytest

from quotecli import workers
from quotecli.workers import Lost, Workers

DIE = "__import__('os')._exit(3)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"
TASKS = ["1", DIE, "2", "'x' * 10**6", "3"]


def evaluated(team: Workers, tasks: list[str]) -> list[object]:
    return [result for _, result in team.map(eval, tasks, lambda task: task)]


def test_results_come_in_order_and_some_items_have_none() -> None:
    with Workers(2) as team:
        found = list(team.map(eval, [*map(str, range(20)), None], lambda item: None if item == "7" else item))
    assert found == [(str(n), None if n == 7 else n) for n in range(20)] + [(None, None)]


def test_a_process_that_dies_costs_what_it_worked_on() -> None:
    with Workers(2) as team:
        found = evaluated(team, [*TASKS, KILLED, "4"])
    ended = "its process ended before it was done"
    killed = Lost(f"{ended} (killed: out of memory?)")
    assert found == [1, Lost(f"{ended} (exit code 3)"), 2, "x" * 10**6, 3, killed, 4]


def test_what_is_raised_there_is_raised_here() -> None:
    with Workers(2) as team, pytest.raises(ZeroDivisionError):
        evaluated(team, ["1", "1 / 0"])


def test_what_cannot_be_sent_back_is_an_error_of_that_task() -> None:
    with Workers(2) as team, pytest.raises(pickle.PicklingError):
        evaluated(team, ["lambda: 0"])
    odd = "(_ for _ in ()).throw(type('OddError', (Exception,), {})('odd'))"
    with Workers(2) as team, pytest.raises(RuntimeError, match="OddError: odd"):
        evaluated(team, [odd])


def test_what_is_printed_there_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(2) as team:
        assert evaluated(team, ["print('hello') or __import__('os').system('echo hello')"] * 3) == [0] * 3
    assert capfd.readouterr() == ("", "")


def test_few_things_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEW", 3)
    monkeypatch.setattr(workers, "available_processors", lambda: 2)
    with Workers() as team:
        pids = evaluated(team, ["__import__('os').getpid()"] * 6)
    assert pids[:3] == [os.getpid()] * 3
    assert os.getpid() not in pids[3:]
    with Workers(1) as team:
        assert evaluated(team, ["__import__('os').getpid()"] * 9) == [os.getpid()] * 9


def test_little_is_taken_ahead() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for taken in count(1):
            yield str(taken)

    with Workers(2) as team:
        assert [result for _, result in islice(team.map(eval, endless(), lambda task: task), 50)] == [*range(1, 51)]
    assert taken < 60


def test_processes_end_with_the_block() -> None:
    with Workers(2) as team:
        pids = evaluated(team, ["__import__('os').getpid()"] * 4)
        results = team.map(eval, ["1", *["__import__('time').sleep(3600)"] * 3], lambda task: task)
        next(results)
    for pid in {pid for pid in pids if isinstance(pid, int)}:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with Workers(2) as team:
        assert evaluated(team, ["1", "2", "3"]) == [1, 2, 3]
