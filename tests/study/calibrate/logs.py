"""Logs as different products export them, made up for tests: the same cases under other names, times and languages.

Each case comes to the service desk, which solves it or asks the network team, whose answer it waits for; now and then a
case is opened again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

MONDAY = datetime(2024, 3, 11, 9, 0)


@dataclass(frozen=True)
class Event:
    """One event in plain words: ``phase`` is waiting, working, held or done."""

    case: str
    at: datetime
    phase: str
    group: str
    person: str
    requester: str


def cases(count: int = 120, seed: int = 1) -> Iterator[Event]:
    """Cases with two groups, two people each; every third one is handed over, every tenth one reopened."""
    luck = np.random.default_rng(seed)
    for number in range(count):
        case, asker = f"INC{number:05d}", f"user {luck.integers(40)}"
        day, minute = divmod(number * 23, 400)
        at = MONDAY + timedelta(days=day + 2 * (day // 5), minutes=minute)
        desk, net = f"Ana {number % 2}", f"Ben {number % 2}"
        yield Event(case, at, "waiting", "Service Desk", "", asker)
        at += timedelta(minutes=int(luck.integers(1, 20)))
        yield Event(case, at, "working", "Service Desk", desk, asker)
        at += timedelta(minutes=int(luck.integers(2, 15)))
        if number % 3 == 0:
            yield Event(case, at, "waiting", "Network", desk, asker)
            at += timedelta(minutes=int(luck.integers(1, 12)))
            yield Event(case, at, "working", "Network", net, asker)
            at += timedelta(minutes=int(luck.integers(5, 20)))
            yield Event(case, at, "waiting", "Service Desk", net, asker)
            yield Event(case, at + timedelta(minutes=1), "working", "Service Desk", desk, asker)
            at += timedelta(minutes=4)
        yield Event(case, at, "done", "Service Desk", desk, asker)
        if number % 10 == 0:
            yield Event(case, at + timedelta(minutes=5), "working", "Service Desk", desk, asker)
            yield Event(case, at + timedelta(minutes=11), "done", "Service Desk", desk, asker)


def american(path: Path) -> Path:
    """As a service management suite exports it: American times with noon, underscores, states in English."""
    words = {"waiting": "Assigned", "working": "Work in Progress", "held": "Awaiting Vendor", "done": "Resolved"}
    header = "number,sys_updated_on,state,assignment_group,assigned_to,caller_id,short_description"
    return _written(
        path,
        header,
        lambda event: (
            f"{event.case},{event.at:%m/%d/%Y %I:%M:%S %p},{words[event.phase]},{event.group},{event.person},"
            f'{event.requester},"It does not work, again"'
        ),
    )


def issues(path: Path) -> Path:
    """As an issue tracker exports it: short dates with month names, two-digit years, another word for everything."""
    words = {"waiting": "To Do", "working": "In Progress", "held": "Blocked", "done": "Done"}
    header = "Issue key;Team;Assignee;Status;Changed;Reporter"
    return _written(
        path,
        header,
        lambda event: ";".join(
            [event.case, event.group, event.person, words[event.phase], f"{event.at:%d/%b/%y %H:%M}", event.requester]
        ),
    )


def german(path: Path) -> Path:
    """As a German product exports it: Windows' encoding, semicolons, points in dates, a zone, decimal commas."""
    words = {"waiting": "Zugewiesen", "working": "In Bearbeitung", "held": "Rückfrage", "done": "Gelöst"}
    header = "Vorgangsnummer;Geändert am;Zustand;Zuständige Gruppe;Bearbeiter;Melder;Bewertung"
    names = {"Service Desk": "Störungsannahme", "Network": "Netz & Übertragung"}
    return _written(
        path,
        header,
        lambda event: ";".join(
            [
                event.case,
                f"{event.at:%d.%m.%Y %H:%M}+01:00",
                words[event.phase],
                names[event.group],
                event.person,
                event.requester,
                "4,5" if event.phase == "done" else "",
            ]
        ),
        "cp1252",
    )


def spanish(path: Path) -> Path:
    """As a Spanish product exports it: a line a job with three times, tabs, hours with «a. m.» and «p. m.»."""
    rows = ["Nº de incidencia\tGrupo asignado\tAsignado a\tFecha de apertura\tFecha de inicio\tFecha de cierre"]
    jobs: dict[tuple[str, str], list[Event]] = {}
    for event in cases():
        jobs.setdefault((event.case, event.group), []).append(event)
    for (case, group), events in jobs.items():
        moments = [events[0].at, next(event.at for event in events if event.phase == "working"), events[-1].at]
        written = [f"{at:%d/%m/%Y %I:%M} {'a. m.' if at.hour < 12 else 'p. m.'}" for at in moments]
        rows.append("\t".join([case, group, events[-1].person, *written]))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def plain(path: Path, events: list[Event] | None = None) -> Path:
    """As this project writes it: UTF-8, commas, ISO 8601."""
    words = {"waiting": "Awaiting assignment", "working": "In progress", "held": "On hold", "done": "Resolved"}
    return _written(
        path,
        "case,time,status,group,person,requester",
        lambda event: (
            f"{event.case},{event.at:%Y-%m-%dT%H:%M:%S},{words[event.phase]},{event.group},{event.person},{event.requester}"
        ),
        events=events,
    )


def _written(
    path: Path,
    header: str,
    line: Callable[[Event], str],
    encoding: str = "utf-8",
    events: list[Event] | None = None,
) -> Path:
    rows = [header, *(line(event) for event in (events if events is not None else cases()))]
    path.write_text("\n".join(rows) + "\n", encoding=encoding)
    return path
