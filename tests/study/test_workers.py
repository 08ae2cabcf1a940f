"""Work on several cores: nothing is lost, whatever dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sim.study.workers import ATTEMPTS, Failure, carried_out


def square(number: int) -> int:
    if number == 3:
        raise ValueError("three is not squared")
    return number * number


def kill_once(mark: str) -> str:
    """The first process that takes this task is killed."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    return mark


def die(number: int) -> int:
    os._exit(7)


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_task_has_its_answer_and_one_that_fails_says_so(jobs: int) -> None:
    answers = dict(carried_out(square, range(6), jobs))
    failure = answers.pop(3)
    assert isinstance(failure, Failure)
    assert failure.message == "ValueError: three is not squared"
    assert "in square" in failure.details
    assert answers == {0: 0, 1: 1, 2: 4, 4: 16, 5: 25}


def test_a_task_whose_process_is_killed_is_given_to_another(tmp_path: Path) -> None:
    marks = [str(tmp_path / str(number)) for number in range(4)]
    assert sorted(carried_out(kill_once, marks, 2)) == list(enumerate(marks))


def test_a_task_that_takes_every_process_with_it_fails_and_the_others_do_not() -> None:
    [(_, first), (_, second)] = sorted(carried_out(die, [1, 2], 2))
    for failure in (first, second):
        assert isinstance(failure, Failure)
        assert failure.message == f"its process ended {ATTEMPTS} times, last with status 7"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_a_process_that_is_still_starting_does_not_answer_ctrl_c(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal\nfrom sim.study.workers import carried_out\n"
        "if __name__ == '__main__':\n    print(sorted(carried_out(abs, [-1, -2], 2)))\n"
        "else:  # a worker reads this file before it takes a task\n    os.kill(os.getpid(), signal.SIGINT)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("[(0, 1), (1, 2)]", "")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of other systems")
def test_no_process_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import time\nfrom sim.study.workers import carried_out\n"
        "if __name__ == '__main__':\n    list(carried_out(time.sleep, [60, 60], 2))\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)])
    until = time.monotonic() + 30
    workers: list[psutil.Process] = []
    while len(workers) < 2 and time.monotonic() < until:
        time.sleep(0.1)
        workers = [one for one in psutil.Process(parent.pid).children() if "spawn_main" in " ".join(one.cmdline())]
    time.sleep(1.0)  # until they have begun to work
    parent.kill()
    parent.wait()
    gone, alive = psutil.wait_procs(workers, timeout=2.0)
    assert (len(gone), alive) == (2, [])


def _niceness(_: int) -> int:
    return os.nice(0)


@pytest.mark.skipif(sys.platform == "win32", reason="has no niceness")
def test_gentle_workers_give_way() -> None:
    usual = {answer for _, answer in carried_out(_niceness, [1, 2], 2)}
    gentle = {answer for _, answer in carried_out(_niceness, [1, 2], 2, gently=True)}
    assert usual == {os.nice(0)}
    assert gentle == {min(os.nice(0) + 10, 19)}
