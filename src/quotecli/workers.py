"""Work on many things side by side: in processes of our own, because Python's threads take turns.

Few things are worked on in this process: starting others takes longer than that. A process that dies (killed, out of
memory) costs the one thing that it worked on, and another takes its place.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import msgspec

from quotecli.errors import Setting

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
sys.path[:], memory = pickle.load(sys.stdin.buffer)
from quotecli.workers import serve
serve(memory)
"""
_NO_MEMORY = 71
"""How a process ends that has none left."""

_BROKEN = {getattr(signal, name) for name in "SIGABRT SIGSEGV SIGTRAP SIGILL SIGBUS".split() if hasattr(signal, name)}
"""How a library in C ends a process in which something is wrong, or that has no memory left."""

_GRACE = 1.0
"""Seconds more than it may take until a process is ended that does not look at the clock itself: code in C."""

GIBIBYTE = 2**30
_ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Lost(msgspec.Struct, frozen=True):
    """Comes in the place of a result when the process that worked on it died, or was ended; fields as of a Skipped."""

    reason: str
    setting: Setting | None = None


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Some processes that are started when there is enough to do, and end with the block (`with Workers() as …`)."""

    def __init__(
        self,
        jobs: int | None = None,
        seconds: float | None = None,
        memory: int | None = None,
        at_hand: Callable[[], bool] = lambda: True,
    ) -> None:
        """`jobs`: on how many processors to work; if None, on all, and only where it is worth it on more than one.

        `seconds`: how long the extraction of one article may take (see `quotecli.deadline`).
        `memory`: how many bytes of it each process may have (on Linux; elsewhere the system decides).
        `at_hand`: whether the next thing to do is there; while it is not, nothing that is done is kept waiting.
        """
        self.jobs = jobs or available_processors()
        self.seconds = seconds
        self.memory = memory
        self._at_hand = at_hand
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
        apart: Callable[[Task], bool] = lambda _: False,
        seconds: float | None = None,
    ) -> Iterator[tuple[Item, Result | Lost | None]]:
        """Yield each item with what `function` returns for its task, in order; few are taken ahead.

        function, tasks, results: what can be pickled; the function should use one processor. What it raises is raised.
        task: gives the task of an item, in this thread; where it is None, None comes back.
        in_thread: the same as `function`, for few items, in threads of this process.
        few: how many tasks are done before processes are started, unless as many as usual.
        apart: whether a task is for a process in any case, because it may be the end of it.
        seconds: when a process is ended that is at one task for longer.
        """
        waiting: deque[tuple[Item, Future[Result | Lost] | None]] = deque()
        few = self._few if few is None else few
        begin = self._beginner(function, in_thread, few, apart, seconds)
        coming = iter(items)
        for number in count(1):
            while not self._at_hand() and waiting:
                earliest, future = waiting.popleft()
                yield earliest, future.result() if future else None
            for item in coming:
                wanted = task(item)
                waiting.append((item, None if wanted is None else begin(wanted)))
                break
            else:
                break
            # Of few things none is begun before the last is done: one process will do.
            if len(waiting) > _AHEAD * (self.jobs - 1) or (number <= few and not in_thread):
                earliest, future = waiting.popleft()
                yield earliest, future.result() if future else None
        for earliest, future in waiting:
            yield earliest, future.result() if future else None

    def _beginner(
        self,
        function: Callable[[Task], Result],
        in_thread: Callable[[Task], Result] | None,
        few: int,
        apart: Callable[[Task], bool],
        seconds: float | None,
    ) -> Callable[[Task], Future[Result | Lost]]:
        """Return what begins a task: here and now, in a thread, or, when it is one of many, in a process."""
        from concurrent.futures import Future

        counter = count(1)

        def begin(task: Task) -> Future[Result | Lost]:
            if (self.jobs > 1 and next(counter) > few) or apart(task):
                return self._threads.submit(self._elsewhere, function, task, seconds)
            if self.jobs > 1 and in_thread:
                return self._threads.submit(in_thread, task)
            done: Future[Result | Lost] = Future()
            done.set_result(function(task))
            return done

        return begin

    def _elsewhere(self, function: Callable[[Task], Result], task: Task, seconds: float | None) -> Result | Lost:
        """Let a process do it; runs in a thread that waits for it meanwhile."""
        worker = self._worker()
        if worker is None:
            return Lost("interrupted") if self._closed else function(task)
        try:
            well, answer = worker.ask(function, task, seconds)
        except _DEAD:
            return worker.end()
        self._idle.append(worker)
        if not well:
            raise answer
        return cast(Result, answer)

    def _worker(self) -> _Worker | None:
        """Return a process that has nothing to do; None where none can be started."""
        with suppress(IndexError):
            return self._idle.pop()
        if self._unable or self._closed:
            return None
        try:
            worker = _Worker(self.memory)
        except _DEAD:
            self._unable = True
            return None
        self._all.append(worker)
        if self._closed:
            worker.end()
        return worker


class _Worker:
    """A process that does one thing after the other."""

    def __init__(self, memory: int | None) -> None:
        """Start it, with at most so many bytes of memory; raise OSError or EOFError when it does not work."""
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
        self._memory = memory
        self._late: float | None = None
        self._send((sys.path, memory))
        self._receive()

    def ask(self, function: Callable[[Any], Any], task: object, seconds: float | None = None) -> tuple[bool, Any]:
        """Return whether it went well, and the result or the exception. Raise OSError or EOFError if it dies; it is
        ended when it takes longer than `seconds`."""
        clock = threading.Timer((seconds or 0) + _GRACE, partial(self._end_late, seconds or 0))
        clock.daemon = True
        if seconds is not None:
            clock.start()
        try:
            self._send((function, task))
            well, answer = self._receive()
        finally:
            clock.cancel()
        if self._late is not None:
            raise EOFError
        return well, answer

    def _end_late(self, seconds: float) -> None:
        self._late = seconds
        self.end()

    def end(self) -> Lost:
        """End it, and say how it ended if it did so itself."""
        with suppress(OSError):
            self._process.kill()
        code = self._process.wait()
        if self._late is not None:
            return Lost(f"took longer than {self._late:g} s, the limit for one document", "seconds")
        limit = f"more memory than {(self._memory or 0) / GIBIBYTE:g} GiB, the limit for one document"
        if code == _NO_MEMORY and self._memory:
            return Lost(f"needs {limit}", "memory")
        if -code in _BROKEN and self._memory:
            name = signal.Signals(-code).name
            return Lost(f"ended the process that read it ({name}): it is damaged, or needs {limit}", "memory")
        return Lost(f"its process ended before it was done ({_ending(code)})")

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


def serve(memory: int | None = None) -> None:
    """Do what comes in on standard input, one thing after the other, until nothing comes any more.

    memory: how many bytes of it this process may have.
    """
    import pickle

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    if memory:
        _limit_memory(memory)
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
        os._exit(_NO_MEMORY)
    except Exception as error:
        answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        with suppress(Exception):
            pickle.loads(own := pickle.dumps((False, error)))
            answer = own
        return answer


def _limit_memory(most: int) -> None:
    """Let this process have no more than so many bytes; where the system knows no such limit, as many as there are."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        limit = resource.RLIMIT_DATA  # not of addresses: libraries reserve many more than they use
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _die_with_parent() -> None:
    """End when the one that started this process is killed, even in the middle of something (on Linux)."""
    if sys.platform == "linux":
        with suppress(Exception):
            import ctypes

            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
