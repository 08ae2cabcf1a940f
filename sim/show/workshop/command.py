"""Open a workshop, or write it into one file. What ``customer-chain workshop`` does."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sim.model.engines import Engine
from sim.scenario.schema import Scenario
from sim.show.language import Language
from sim.show.workshop.onefile import OneFile, TooLargeError, exported
from sim.show.workshop.server import Server
from sim.study.workers import at_once
from sim.study.workshop.attempt import Workshop

REPLICATIONS: Final = 8
"""Choice: of each company in a file; the plant then takes a quarter of an hour on two cores."""


class WorkshopError(ValueError):
    """A workshop that cannot be opened, or written, as asked."""


def workshop_of(base: Scenario, seed: int, jobs: int | None, engine: Engine, say: Language) -> Workshop:
    """The workshop of a company; ``WorkshopError`` if there cannot be one."""
    if not base.feels:
        raise WorkshopError(say("in a company without psychology most levers move nothing: choose another"))
    return Workshop(base, seed, engine, at_once(jobs))


def started(workshop: Workshop, host: str, port: int, say: Language) -> Server:
    """A server of a workshop, which listens but does not answer yet; ``WorkshopError`` if it cannot listen there."""
    try:
        return Server(workshop, host, port, say.code)
    except OSError as error:
        why = error.strerror or str(error)
        raise WorkshopError(say("{host}, port {port}: {why}", host=host, port=str(port), why=why)) from None


def opened_said(url: str, say: Language) -> str:
    """Where it is, and how it ends."""
    return say("the workshop is open at {url}; Ctrl-C ends it", url=url)


def writable(file: Path, say: Language) -> None:
    """``WorkshopError`` if a file cannot be written there, before anything is simulated for it."""
    if file.is_dir():
        raise WorkshopError(say("{file} is a folder: name a file, such as story.html", file=str(file)))
    if file.exists():
        raise WorkshopError(say("{file} exists: name another file, or take it away", file=str(file)))
    if not file.parent.is_dir():
        raise WorkshopError(say("there is no folder {folder}", folder=str(file.parent)))
    if not os.access(file.parent, os.W_OK):
        raise WorkshopError(say("nothing can be written into {folder}", folder=str(file.parent)))


def write_exported(
    workshop: Workshop, file: Path, replications: int, say: Language, move: Callable[[float], None]
) -> OneFile:
    """The workshop in one file, whole or not at all; ``WorkshopError`` if it cannot be."""
    try:
        made = exported(workshop, say.code, replications, move)
    except TooLargeError as error:
        raise WorkshopError(say("{file}: {why}", file=str(file), why=str(error))) from None
    half = file.with_name(f".{file.name}.part")
    try:
        half.write_text(made.text, encoding="utf-8")
        half.replace(file)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise WorkshopError(say("{file}: {why}", file=str(file), why=error.strerror or str(error))) from None
    return made


def exported_said(made: OneFile, file: Path, say: Language) -> str:
    """What is in the file, and what is not."""
    size = say.number(len(made.text.encode()) / 1e6, 1)
    text = say(
        "{file}: the story and {n} companies, {size} MB; a double click opens it",
        file=str(file),
        n=made.companies,
        size=size,
    )
    return text + (
        "\n" + say("{n} combinations could not be simulated and are not in it", n=made.missing) if made.missing else ""
    )
