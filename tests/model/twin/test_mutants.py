"""The comparison can fail: small errors of the kinds that two engines make are each noticed.

They are made in the reference while it lives, since that needs no compiling; what differs is the same.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

import pytest

from sim.model import job, line, management, market, moment, service
from sim.model.arrivals import Arrivals
from sim.model.feelings import Feelings
from sim.model.job import Job
from sim.model.line import Line
from sim.model.service import Service
from tests.model.test_neutral import living
from tests.model.twin.sameness import by_reference, by_twin, difference

Mutant = Callable[[], AbstractContextManager[Any]]


def a_tie_rule() -> AbstractContextManager[Any]:
    """At equal times duties come before work that ends."""
    return patch.object(management.moment, "DUTY", 1 << 63)


@contextmanager
def a_stale_timer() -> Iterator[None]:
    """After a change of rate the next arrival still comes when it would have come before."""
    look_again = Arrivals._look_again

    def look_on(stream: Arrivals) -> None:
        if stream._clock == 0.0:
            look_again(stream)

    with patch.object(Arrivals, "_look_again", look_on):
        yield


@contextmanager
def an_order_of_two_updates() -> Iterator[None]:
    """Whoever asked is pleased or disappointed before the memory of it is formed, by a memory that has it already."""

    def feel(self: Service, asked: Job, how: Any) -> None:
        self._disappoint_or_please(asked.parent, how.experience * (1.0 - 1e-15))
        feel_as_before(self, asked, how)

    feel_as_before = Service._feel
    with patch.object(Service, "_feel", feel):
        yield


def a_draw_of_another_purpose() -> AbstractContextManager[Any]:
    """Errors are noticed by the luck that made them."""
    return patch.object(job, "NOTICED", job.RIGHT)


@contextmanager
def a_lost_wake_up() -> Iterator[None]:
    """One who has finished rests although somebody has begun to wait at this very moment."""
    release = Line.release

    def rest(self: Line[Any], worker: Any) -> None:
        if len(self.waiting) == 1 and self.waiting[0][-1].joined == self.env.now:
            waiting, self.waiting = self.waiting, []
            release(self, worker)
            self.waiting = waiting
        else:
            release(self, worker)

    with patch.object(Line, "release", rest):
        yield


@contextmanager
def a_resumed_job_that_stands_last() -> Iterator[None]:
    """Jobs whose answers have come wait behind the new ones."""
    with patch.object(job, "RESUMED", line.NEW):
        yield


@contextmanager
def a_state_that_is_not_brought_up_to_date() -> Iterator[None]:
    """After an encounter people serve as they felt before."""

    def feel_something(self: Feelings, feeling: float, sensitivity: float, keys: Any) -> None:
        self.mood += sensitivity * (feeling - self.mood)

    with patch.object(Feelings, "feel_something", feel_something):
        yield


def a_draw_that_another_has_used() -> AbstractContextManager[Any]:
    """Who is asked how it was is drawn by the luck of complaints."""
    return patch.object(market.luck, "SURVEY", market.luck.COMPLAINT)


MUTANTS: tuple[Mutant, ...] = (
    a_tie_rule,
    a_stale_timer,
    an_order_of_two_updates,
    a_draw_of_another_purpose,
    a_lost_wake_up,
    a_resumed_job_that_stands_last,
    a_state_that_is_not_brought_up_to_date,
    a_draw_that_another_has_used,
)
COMPANY = living(
    days=40,
    laws={"word_of_mouth": 2.0},
    market={"customers": 300, "purchases_per_year": 12.0, "new_customers_per_year": 800.0},
    changes=[{"day": 5, "set": {"market.purchases_per_year": 1.0}}],
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_small_error_is_noticed(mutant: Mutant) -> None:
    twin = by_twin(COMPANY, grid=0.25)
    with mutant():
        assert difference(by_reference(COMPANY, grid=0.25), twin) != ""
    assert service.Service._feel is Service._feel
    assert moment.DUTY == 5 << 64
