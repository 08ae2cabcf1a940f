"""What a user says of a log where its own words do not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, available_timezones

from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.study.calibrate.log import PHASES
from sim.study.calibrate.times import codes_are_wrong


@dataclass(frozen=True)
class Options:
    """How a log is to be read where its own words do not say so.

    ``columns``: role → column; ``statuses``: word → phase; ``time_format`` in the codes of ``strptime``; ``zone`` by
    its IANA name; ``departments``: person → department of the organisation chart, where the log names no groups.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    time_format: str | None = None
    zone: str | None = None
    departments: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        problems = [
            Problem(
                "--status",
                0,
                word,
                f"{shown(phase)} is no phase; the phases are {', '.join(PHASES)}",
                nearest(phase, PHASES),
            )
            for word, phase in self.statuses.items()
            if phase not in PHASES
        ]
        if self.zone is not None:
            try:
                ZoneInfo(self.zone)
            except (KeyError, ValueError, OSError):
                rule = f"{shown(self.zone)} is no time zone that is known here; such as Europe/Madrid"
                problems.append(Problem("--zone", 0, "", rule, nearest(self.zone, available_timezones())))
        wrong = codes_are_wrong(self.time_format) if self.time_format is not None else ""
        if wrong:
            rule = f"{shown(self.time_format)} is no format: {wrong}; such as '%d/%m/%Y %H:%M'"
            problems.append(Problem("--time-format", 0, "", rule))
        if problems:
            raise ScenarioError(problems)
