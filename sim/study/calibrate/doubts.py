"""What is not known of a company, how much it matters, and which question or column would tell it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.model.steady import Rest, rest
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.calibrate.fitting import Fit

_MORALE: Final = 0.12
"""The standard deviation of morale between departments of an employee survey (``attitude``, 30 departments)."""
_STYLE: Final = 0.2
_DELEGATION: Final = 0.29
"""A delegation of which nothing is known: uniform between none and all."""
_LAYERS: Final = 1
_QUALITY: Final = 0.03
_EXPECTATION: Final = 0.1
_ACCEPTED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question, and by how many points of customers' satisfaction and hours of their wait its answer could move.

    One standard deviation of what is not known, either way; ``share`` of the variance of satisfaction.
    """

    question: str
    points: float
    hours: float
    share: float


def doubts(scenario: Scenario, fit: Fit, known: frozenset[str]) -> tuple[Doubt, ...]:
    """Every open question, that which matters most first. ``known``: survey, chart, outcome, rating, agreed.

    Reckoned where the company settles (mean field), each quantity moved by what is not known of it; the standard
    deviations are choices where the data say nothing, else those of the estimates.
    """
    moves = {
        question: [_moved(scenario, low, high) for low, high in pairs]
        for question, pairs in _open(scenario, fit, known)
    }
    squares = {
        question: (sum(points**2 for points, _ in each), sum(hours**2 for _, hours in each))
        for question, each in moves.items()
    }
    total = sum(points for points, _ in squares.values()) or 1.0
    rows = [
        Doubt(question, float(np.sqrt(points)), float(np.sqrt(hours)), points / total)
        for question, (points, hours) in squares.items()
    ]
    return tuple(sorted(rows, key=lambda row: -row.points))


Values = Mapping[str, Any]


def _open(scenario: Scenario, fit: Fit, known: frozenset[str]) -> Iterator[tuple[str, list[tuple[Values, Values]]]]:
    """By question, the values of keys a standard deviation below and above what is believed."""
    management, laws = scenario.management, scenario.laws
    if "survey" not in known:
        morale = ("laws.base_morale", laws.base_morale, _MORALE, 0.0, 1.0)
        style = ("management.authoritarian", management.authoritarian, _STYLE, 0.0, 1.0)
        yield "survey", [_pair(*morale), _pair(*style)]
    else:  # it tells how people feel, not how they are led
        yield "style", [_pair("management.authoritarian", management.authoritarian, _STYLE, 0.0, 1.0)]
    if "chart" not in known:
        low, high = max(1, management.layers - _LAYERS), management.layers + _LAYERS
        yield "chart", [({"management.layers": low}, {"management.layers": high})]
    decided = ("management.decision_share", management.decision_share, management.decision_share, 0.0, 1.0)
    yield (
        "decisions",
        [_pair("management.delegation", management.delegation, _DELEGATION, 0.0, 1.0), _pair(*decided)],
    )
    if "outcome" not in known:
        keys = [f"departments.{part.name}.right_first_time" for part in scenario.departments if part.contract is None]
        rights = [part.right_first_time for part in scenario.departments if part.contract is None]
        yield (
            "outcome",
            [
                (
                    {key: max(0.01, right - _QUALITY) for key, right in zip(keys, rights, strict=True)},
                    {key: min(1.0, right + _QUALITY) for key, right in zip(keys, rights, strict=True)},
                )
            ],
        )
    if "rating" not in known:
        yield "rating", [_pair("market.expectation", scenario.market.expectation, _EXPECTATION, 0.0, 1.0)]
    if "agreed" not in known:
        yield "agreed", [_accepted(scenario)]
    yield "time", list(_loads(scenario, fit))


def _pair(key: str, value: float, deviation: float, low: float, high: float) -> tuple[Values, Values]:
    return {key: max(low, value - deviation)}, {key: min(high, value + deviation)}


def _accepted(scenario: Scenario) -> tuple[Values, Values]:
    keys = {f"links.{link.name}.acceptable_wait_hours": link.acceptable_wait_hours for link in scenario.links}
    return (
        {key: hours * (1.0 - _ACCEPTED) for key, hours in keys.items()},
        {key: hours * (1.0 + _ACCEPTED) for key, hours in keys.items()},
    )


def _loads(scenario: Scenario, fit: Fit) -> Iterator[tuple[Values, Values]]:
    """Each department's hours of a job, by what the fit left open of them."""
    hours = {part.name: part.handling_hours for part in scenario.departments}
    for parameter in fit.parameters:
        deviation = np.log(parameter.high / max(parameter.low, 1e-9)) / (2 * 1.96)
        key = f"departments.{parameter.where}.handling_hours"
        value = hours[parameter.where]
        less = max(float(np.exp(-deviation)), parameter.low / parameter.value)
        more = min(float(np.exp(deviation)), parameter.high / parameter.value)
        yield {key: value * less}, {key: value * more}


def _moved(scenario: Scenario, low: Values, high: Values) -> tuple[float, float]:
    """How far satisfaction (points) and the customers' wait (hours) move either way: the root of the mean square."""
    centre, *sides = (_outlook(rest(with_values(scenario, values))) for values in ({}, low, high))
    points, hours = (np.sqrt(np.mean([(side[at] - centre[at]) ** 2 for side in sides])) for at in (0, 1))
    return float(points), float(hours)


def _outlook(now: Rest) -> tuple[float, float]:
    links, answers = now.net.links, now.last.mind.answers
    hours = (1.0 - answers.parked) * answers.quick + answers.parked * answers.slow
    to_market = links.to_market
    return 100.0 * float(now.last.mind.market.satisfaction), float(np.sum(links.share[to_market] * hours[to_market]))
