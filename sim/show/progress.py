"""How far a run has come, on standard error, only where somebody is looking."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from sim.model import engines
from sim.scenario.schema import Scenario
from sim.show.language import Language
from sim.study.sweep.study import Progress


class Interrupted(KeyboardInterrupt):
    """The user stopped the work; the message says how far it had come."""


@contextmanager
def shown_share(quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar for the share of the runs that is done, for whoever runs them to move; it is drawn on a terminal only."""
    done = 0

    def move(share: float) -> None:
        nonlocal done
        bar.update(int(100 * share) - done)
        done = int(100 * share)

    with click.progressbar(length=100, label="runs", file=sys.stderr, hidden=quiet or not sys.stderr.isatty()) as bar:
        yield move


@contextmanager
def shown_steps(quiet: bool) -> Iterator[Callable[[str, float], None]]:
    """A bar for the step at hand of several, which begins anew with each; it is drawn on a terminal only."""
    at, done = "", 0

    def move(step: str, share: float) -> None:
        nonlocal at, done
        if step != at:
            bar.label = f"{step:<10}"
            bar.update(-done)
            at, done = step, 0
        bar.update(int(100 * share) - done)
        done = int(100 * share)

    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(length=100, label="", file=sys.stderr, hidden=hidden, show_eta=False) as bar:
        yield move


@contextmanager
def shown_runs(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar for the runs of a study, with rate, time to go and failures; it is drawn on a terminal only."""
    hidden = quiet or not sys.stderr.isatty()
    began = monotonic()
    state = Progress(0, 0, 0)

    def beside(_: object) -> str:
        rate = state.done / max(monotonic() - began, 1e-9)
        failed = f", {state.failed} failed" if state.failed else ""
        return f"{state.done:,} of {state.wanted:,} runs, {rate:.3g} a second{failed}"

    def move(now: Progress) -> None:
        nonlocal state
        steps, state = now.done - state.done, now
        bar.length = now.wanted
        bar.update(steps)

    with click.progressbar(
        length=1, label="study", file=sys.stderr, hidden=hidden, item_show_func=beside, show_eta=True
    ) as bar:
        yield move


@contextmanager
def shown_progress(scenario: Scenario, replications: int, quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar over all replications for the engine to move; it is drawn on a terminal only.

    Ctrl-C inside becomes ``Interrupted``, which says what had been done.
    """
    length = scenario.warm_up_days + scenario.days
    done = 0

    def move(days: float) -> None:
        nonlocal done
        bar.update(int(days) - done)
        done = int(days)

    hidden = quiet or not sys.stderr.isatty()
    label = f"{scenario.name}: {replications} × {length} days"
    with click.progressbar(length=replications * length, label=label, file=sys.stderr, hidden=hidden) as bar:
        try:
            yield move
        except KeyboardInterrupt:
            finished = done // length
            raise Interrupted(f"stopped after {finished} of {replications} replications") from None


def get_ready(engine: engines.Engine, say: Language, quiet: bool) -> None:
    """Compile what has to be compiled, and say so: it takes a while, once for each version."""

    def tell(text: str) -> None:
        if not quiet:
            click.echo(text, err=True)

    engines.get_ready(
        engine,
        lambda: tell(say("compiling the model for this computer, once for each version: about a minute")),
        lambda seconds: tell(say("compiled in {seconds} s", seconds=say.number(seconds))),
    )
