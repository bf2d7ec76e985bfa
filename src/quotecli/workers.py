"""Work on many things side by side: in processes of our own, because Python's threads take turns.

Few things are worked on in this process: starting others takes longer than that. A process that dies (killed, out of
memory) costs the one thing that it worked on, and another takes its place.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import msgspec

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Task = TypeVar("Task")
Result = TypeVar("Result")

FEW = 60
"""So many things are done before processes are started, unless their number was asked for."""

_DEAD = (OSError, EOFError)
"""What is raised when the other side of a pipe is gone."""

_AHEAD = 3  # things for each process that are worked on or done before they are asked for

_PROGRAM = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from quotecli.workers import serve
serve()
"""
_ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Lost(msgspec.Struct, frozen=True):
    """Comes in the place of a result when the process that worked on it died."""

    reason: str


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Some processes that are started when there is enough to do, and end with the block (`with Workers() as …`)."""

    def __init__(self, jobs: int | None = None, seconds: float | None = None) -> None:
        """`jobs`: on how many processors to work; if None, on all, and only where it is worth it on more than one.

        `seconds`: how long the extraction of one article may take (see `quotecli.deadline`).
        """
        self.jobs = jobs or available_processors()
        self.seconds = seconds
        self._few = FEW if jobs is None else 0
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._unable = False
        self._closed = False
        from concurrent.futures import ThreadPoolExecutor  # a command that reads nothing need not wait for it

        self._threads = ThreadPoolExecutor(self.jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes at once, whatever they are doing."""
        self._closed = True
        for worker in self._all:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def map(
        self,
        function: Callable[[Task], Result],
        items: Iterable[Item],
        task: Callable[[Item], Task | None],
        *,
        in_thread: Callable[[Task], Result] | None = None,
        few: int | None = None,
    ) -> Iterator[tuple[Item, Result | Lost | None]]:
        """Yield each item with what `function` returns for its task, in order; few are taken ahead.

        function, tasks, results: what can be pickled; the function should use one processor. What it raises is raised.
        task: gives the task of an item, in this thread; where it is None, None comes back.
        in_thread: the same as `function`, for few items, in threads of this process.
        few: how many tasks are done before processes are started, unless as many as usual.
        """
        waiting: deque[tuple[Item, Future[Result | Lost] | None]] = deque()
        begin = self._beginner(function, in_thread, self._few if few is None else few)
        for item in items:
            wanted = task(item)
            waiting.append((item, None if wanted is None else begin(wanted)))
            if len(waiting) > _AHEAD * (self.jobs - 1):
                earliest, result = waiting.popleft()
                yield earliest, result.result() if result else None
        for earliest, result in waiting:
            yield earliest, result.result() if result else None

    def _beginner(
        self, function: Callable[[Task], Result], in_thread: Callable[[Task], Result] | None, few: int
    ) -> Callable[[Task], Future[Result | Lost]]:
        """Return what begins a task: here and now, in a thread, or, when it is one of many, in a process."""
        from concurrent.futures import Future

        counter = count(1)

        def begin(task: Task) -> Future[Result | Lost]:
            if self.jobs > 1 and next(counter) > few:
                return self._threads.submit(self._elsewhere, function, task)
            if self.jobs > 1 and in_thread:
                return self._threads.submit(in_thread, task)
            done: Future[Result | Lost] = Future()
            done.set_result(function(task))
            return done

        return begin

    def _elsewhere(self, function: Callable[[Task], Result], task: Task) -> Result | Lost:
        """Let a process do it; runs in a thread that waits for it meanwhile."""
        worker = self._worker()
        if worker is None:
            return Lost("interrupted") if self._closed else function(task)
        try:
            well, answer = worker.ask(function, task)
        except _DEAD:
            return Lost(worker.end())
        self._idle.append(worker)
        if not well:
            raise answer
        return cast(Result, answer)

    def _worker(self) -> _Worker | None:
        """Return a process that has nothing to do; None where none can be started."""
        if self._idle:
            return self._idle.pop()
        if self._unable or self._closed:
            return None
        try:
            worker = _Worker()
        except _DEAD:
            self._unable = True
            return None
        self._all.append(worker)
        if self._closed:
            worker.end()
        return worker


class _Worker:
    """A process that does one thing after the other."""

    def __init__(self) -> None:
        """Start it; raise OSError or EOFError when it does not work."""
        import subprocess

        debug = bool(os.environ.get("QUOTECLI_DEBUG"))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL,  # what libraries write when they break is not for the user
            env=os.environ | _ONE_CORE,
            start_new_session=True,  # Ctrl-C is for the one that started it
        )
        self._send(sys.path)
        self._receive()

    def ask(self, function: Callable[[Any], Any], task: object) -> tuple[bool, Any]:
        """Return whether it went well, and the result or the exception. Raise OSError or EOFError if it dies."""
        self._send((function, task))
        well, answer = self._receive()
        return well, answer

    def end(self) -> str:
        """End it, and say how it ended if it did so itself."""
        with suppress(OSError):
            self._process.kill()
        return f"its process ended before it was done ({_ending(self._process.wait())})"

    def _send(self, what: object) -> None:
        import pickle

        assert self._process.stdin is not None
        pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def _receive(self) -> Any:
        import pickle

        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except pickle.UnpicklingError as error:  # it died while it wrote
            raise EOFError from error


def _ending(code: int) -> str:
    if code == -getattr(signal, "SIGKILL", 9):
        return "killed: out of memory?"
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def serve() -> None:
    """Do what comes in on standard input, one thing after the other, until nothing comes any more."""
    import pickle

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - and what a library prints is no answer
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    answer = b"N."  # None, pickled: it is ready
    with suppress(OSError, EOFError):  # the one that started it is gone
        while True:
            outbox.write(answer)
            outbox.flush()
            function, task = pickle.load(inbox)
            answer = _answer(function, task)


def _answer(function: Callable[[Any], Any], task: object) -> bytes:
    import pickle

    try:
        return pickle.dumps((True, function(task)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(os.EX_OSERR if hasattr(os, "EX_OSERR") else 1)
    except Exception as error:
        answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        with suppress(Exception):
            pickle.loads(own := pickle.dumps((False, error)))
            answer = own
        return answer
