"""What a log tells of departments, links and morale, in tables."""

from collections.abc import Iterator

import numpy as np

from sim.show.calibrate.cells import amount, interval, plain, share
from sim.show.compare.document import Amount, Cell, Part, Table, Text
from sim.show.language import Language
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.estimates import DepartmentFound, LinkFound
from sim.study.calibrate.survey import rows_of

_MOST_LINKS = 40


def found_parts(found: Calibration, say: Language) -> Iterator[Part]:
    """Departments, who asks whom, and morale where a survey tells it."""
    counted = found.found
    yield Text(say("Departments: 95 % intervals stand behind every number in the scenario file."))
    head = [
        say("department"),
        say("jobs"),
        say("people"),
        say("hours of work a job"),
        say("hours until begun"),
        say("time at these jobs"),
        say("waits for others outside"),
        say("reopened"),
        say("only passed on"),
    ]
    yield Table("departments", head, [_department(part, say) for part in counted.departments])
    links = sorted(counted.links, key=lambda link: -link.requests.value)
    yield Text(say("Who asks whom: requests for each job of whoever asks; of the market, the share of cases."))
    yield Table(
        "links",
        [say("serves"), say("asks"), say("requests a job"), say("95 % interval"), say("acceptable wait, h")],
        [_link(link, say) for link in links[:_MOST_LINKS]],
    )
    if found.seen.survey is not None:
        yield Text(say("Morale by department, drawn towards the company's mean by how few answers there are."))
        yield Table(
            "morale",
            [say("department"), say("answers"), say("mean, points"), say("taken, points"), say("95 % interval")],
            [
                [
                    name,
                    plain(answers, say),
                    plain(100 * answered, say) if not np.isnan(answered) else "–",
                    plain(100 * taken.value, say),
                    interval(taken.times(100.0), say),
                ]
                for name, answers, answered, taken in rows_of(found.seen.survey)
            ],
        )


def _department(part: DepartmentFound, say: Language) -> list[Cell]:
    return [
        part.name,
        plain(part.jobs, say),
        amount(part.staff, say),
        amount(part.handling_hours, say),
        amount(part.wait_hours, say),
        Amount(part.load, say.percent(part.load)),
        share(part.held, say),
        share(part.reopened, say),
        share(part.passed, say),
    ]


def _link(link: LinkFound, say: Language) -> list[Cell]:
    return [
        link.supplier,
        say("the market") if link.customer == "market" else link.customer,
        amount(link.requests, say),
        interval(link.requests, say),
        amount(link.acceptable, say),
    ]
