"""Work on several cores: processes that take one task after another.

A task whose process is killed is given to another; a task that fails is an answer that says so; no process outlives the
one that started it. Processes are spawned on every system, so that all do the same.
"""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from typing import Final, Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

ATTEMPTS: Final = 3
"""A task that takes so many processes with it fails."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of a task that failed: the error in one line, and where it arose."""

    message: str
    details: str = ""


def at_once(jobs: int | None) -> int:
    """How many tasks are done at the same time: as many as asked for, or one a core."""
    return jobs or os.cpu_count() or 1


def carried_out(
    function: Callable[[Task], Answer], tasks: Sequence[Task], jobs: int, *, threads: bool = False, gently: bool = False
) -> Iterator[tuple[int, Answer | Failure]]:
    """Each task's place and its answer, in the order in which they are finished.

    ``function`` must be importable from a module, unless ``threads`` do the work, as suits one that lets go of the
    interpreter's lock. ``gently``: processes give way to whatever else wants the cores (not on Windows). With one job
    everything happens in this process. When the iterator is closed, as by Ctrl-C, all processes are ended; what they
    had not finished is lost.
    """
    if jobs == 1 or len(tasks) < 2:
        for place, task in enumerate(tasks):
            yield place, _answer(function, task)
        return
    if threads:
        yield from _by_threads(function, tasks, jobs)
        return
    with _Crew(function, tasks, min(jobs, len(tasks)), gently) as crew:
        yield from crew.answers()


def _answer(function: Callable[[Task], Answer], task: Task) -> Answer | Failure:
    try:
        return function(task)
    except Exception as error:  # whatever went wrong is the answer
        return Failure(f"{type(error).__name__}: {error}", traceback.format_exc())


def _by_threads(
    function: Callable[[Task], Answer], tasks: Sequence[Task], jobs: int
) -> Iterator[tuple[int, Answer | Failure]]:
    pool = ThreadPoolExecutor(jobs)
    try:
        places = {pool.submit(_answer, function, task): place for place, task in enumerate(tasks)}
        for done in as_completed(places):
            yield places.pop(done), done.result()
    finally:
        pool.shutdown(cancel_futures=True)  # what is in hand is finished, and lost


class _Worker:
    """A process, the way to talk to it, and the place of the task it has in hand."""

    def __init__(self, function: Callable[[Task], Answer], gently: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self.talk, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(function, theirs, gently), daemon=True)
        with _ctrl_c_waits():
            self.process.start()
        theirs.close()
        self.place: int | None = None

    def end(self) -> None:
        self.talk.close()
        self.process.kill()
        self.process.join()


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """What is started in here never hears Ctrl-C, else it answers with a traceback; this process hears it after."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # when it starts later, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Crew(Generic[Task, Answer]):
    """Workers and what is still to be done, the next at the end of the list."""

    def __init__(self, function: Callable[[Task], Answer], tasks: Sequence[Task], jobs: int, gently: bool) -> None:
        self._gently = gently
        self._function = function
        self._tasks = tasks
        self._waiting = list(reversed(range(len(tasks))))
        self._attempts = [0] * len(tasks)
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def __enter__(self) -> "_Crew[Task, Answer]":
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            worker.end()

    def answers(self) -> Iterator[tuple[int, Answer | Failure]]:
        while self._waiting or any(worker.place is not None for worker in self._workers):
            while self._waiting and len(self._workers) < self._jobs:
                self._workers.append(_Worker(self._function, self._gently))
            for worker in self._workers:
                if worker.place is None and self._waiting:
                    self._give(worker, self._waiting.pop())
            ready = connection.wait([worker.talk for worker in self._workers if worker.place is not None])
            for worker in [worker for worker in self._workers if worker.talk in ready]:
                yield from self._heard(worker)

    def _give(self, worker: _Worker, place: int) -> None:
        worker.place = place
        self._attempts[place] += 1
        with suppress(OSError):  # gone already: ``_heard`` finds that out
            worker.talk.send(self._tasks[place])

    def _heard(self, worker: _Worker) -> Iterator[tuple[int, Answer | Failure]]:
        place = worker.place
        assert place is not None
        try:
            answer: Answer | Failure = worker.talk.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.end()
            if self._attempts[place] < ATTEMPTS:
                self._waiting.append(place)
                return
            answer = Failure(f"its process ended {ATTEMPTS} times, last with status {worker.process.exitcode}")
        else:
            worker.place = None
        yield place, answer


def _serve(function: Callable[[Task], Answer], talk: Connection, gently: bool) -> None:
    """The life of a worker: answer tasks until nobody asks any more."""
    if gently and sys.platform != "win32":
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to hear
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = talk.recv()
        except (EOFError, OSError):
            return
        talk.send(_answer(function, task))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
