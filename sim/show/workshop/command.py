"""Open a workshop. What ``customer-chain workshop`` does."""

from sim.model.engines import Engine
from sim.scenario.schema import Scenario
from sim.show.language import Language
from sim.show.workshop.server import Server
from sim.study.workers import at_once
from sim.study.workshop.attempt import Workshop


class WorkshopError(ValueError):
    """A workshop that cannot be opened as asked."""


def started(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    base: Scenario, host: str, port: int, seed: int, jobs: int | None, say: Language, engine: Engine = "fast"
) -> Server:
    """A server of a company's workshop, which listens but does not answer yet.

    ``WorkshopError`` if there cannot be one.
    """
    if not base.feels:
        raise WorkshopError(say("in a company without psychology most levers move nothing: choose another"))
    try:
        return Server(Workshop(base, seed, engine, at_once(jobs)), host, port, say.code)
    except OSError as error:
        why = error.strerror or str(error)
        raise WorkshopError(say("{host}, port {port}: {why}", host=host, port=str(port), why=why)) from None


def opened_said(url: str, say: Language) -> str:
    """Where it is, and how it ends."""
    return say("the workshop is open at {url}; Ctrl-C ends it", url=url)
