"""Work beside other work: its answer, its error."""

import threading

import pytest

from sim.study.beside import Beside


def test_the_answer_is_that_of_the_function_and_is_worked_out_meanwhile() -> None:
    go = threading.Event()

    def work() -> int:
        assert go.wait(10.0)
        return 7

    beside = Beside(work)  # has not waited
    go.set()
    assert beside.answer() == 7
    assert beside.answer() == 7


def test_an_error_arises_where_the_answer_is_wanted() -> None:
    beside = Beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        beside.answer()
