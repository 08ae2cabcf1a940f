"""What was fitted, how well it is known, and what would make it known better."""

from collections.abc import Iterator

import numpy as np

from sim.show.calibrate.cells import picture, plain
from sim.show.calibrate.charts import draw_profiles
from sim.show.calibrate.verdict import questions_said
from sim.show.compare.document import Amount, Cell, Mark, Part, Table, Text
from sim.show.language import Language
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.fitting import Parameter


def fitted_parts(found: Calibration, say: Language) -> Iterator[Part]:
    """How busy people are, and how well that is known."""
    yield Text(
        say(
            "How busy people are does not stand in a log: tickets are not all of their work, and not all of the"
            " time that a ticket is in progress is work on it. How long jobs are in line tells it. One factor for"
            " each department was fitted to that; 1 means that its tickets are all that it does."
        )
    )
    line = {
        target.where: (target.observed, given)
        for target, given in zip(found.fit.targets, found.felt.simulated, strict=True)
    }
    yield Table(
        "fitted",
        [
            say("department"),
            say("hours in line, observed"),
            say("simulated"),
            say("work, against what was measured"),
            say("95 % interval"),
            say("known?"),
        ],
        [_parameter(parameter, found, line, say) for parameter in found.fit.parameters],
    )
    if found.fit.parameters:
        yield picture("profiles", draw_profiles, found, say)
        yield Text(
            say(
                "Grey: what the data allow with 95 %. A curve that leaves it on both sides tells how busy a"
                " department is; a flat one does not."
            )
        )
    if found.rated is not None:
        yield Text(
            say(
                "Ratings: {mean} points in the mean of {n}; what customers expect was set so that the company"
                " settles there.",
                mean=say.number(100 * found.rated.satisfaction.value),
                n=found.rated.satisfaction.count,
            )
        )
    if not np.isnan(found.felt.right_observed):
        yield Text(
            say(
                "Jobs right the first time: {observed} observed, {simulated} where the company settles.",
                observed=say.percent(found.felt.right_observed),
                simulated=say.percent(found.felt.right),
            )
        )


def doubt_parts(found: Calibration, say: Language) -> Iterator[Part]:
    """Which question would reduce the doubt most."""
    yield Text(
        say(
            "What the data do not tell was moved by as much as is not known of it, either way; this is how far"
            " customers' satisfaction and their wait move where the company settles. The first question is the next"
            " to ask."
        )
    )
    questions = questions_said(say)
    yield Table(
        "doubts",
        [
            say("what to ask for"),
            say("satisfaction, points either way"),
            say("wait, h either way"),
            say("of the doubt"),
        ],
        [
            [
                questions[doubt.question],
                plain(doubt.points, say),
                plain(doubt.hours, say),
                Amount(doubt.share, say.percent(doubt.share)),
            ]
            for doubt in found.doubts
        ],
    )


def _parameter(
    parameter: Parameter, found: Calibration, line: dict[str, tuple[float, float]], say: Language
) -> list[Cell]:
    observed, given = line[parameter.where]
    factor, moved = found.felt.company.handling.get(parameter.where, 1.0), parameter.value
    return [
        parameter.where,
        plain(observed, say),
        plain(given, say),
        plain(factor, say),
        f"{say.brief(factor * parameter.low / moved)} – {say.brief(factor * parameter.high / moved)}",
        Mark(say("yes"), "better") if parameter.determined else Mark(say("no"), "worse"),
    ]
