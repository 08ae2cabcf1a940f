"""The scenario file that a log gives: every number with its interval, and a word on how it was got."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.model.calendar import DAYS_PER_YEAR, HOURS_PER_DAY
from sim.study.calibrate.estimates import ACCEPTED, DepartmentFound, Found, LinkFound
from sim.study.calibrate.intervals import Estimate, chosen
from sim.study.calibrate.office_hours import NAMES
from sim.study.calibrate.priorities import USUAL

OUTSIDE: Final = "outside"
HOW: Final[Mapping[str, str]] = {
    "counted": "counted",
    "measured": "measured",
    "work on jobs that were right": "work on jobs that were right the first time",
    "work on jobs not reopened": "work on jobs that were not reopened",
    "work on jobs": "standard deviation / mean of that work",
    "people seen": "people there on the median day (range of days), from when to when each was seen to work",
    "at work at once": "no names are told: as many as were at work at once for .25 % of the time",
    "nobody seen": "nobody was seen to work here: a choice",
    "none seen": "none was seen",
    "outcomes told": "from the outcomes told",
    "not reopened": "from jobs reopened, taken as the 70 % of errors that are noticed",
    "default": "not in the log: the default, a choice",
    "work before asking": "work before others were asked / all work, of jobs that asked",
    "the market waits": "the market always waits",
    "agreed": "median of the agreed hours",
    "quantile of waits": f"{ACCEPTED:.0%} of the answers came within it: a choice, since no time was agreed",
    "fitted": "fitted",
    "survey": "from the survey",
    "ratings": "slope of the ratings over waits beyond what is acceptable",
    "chart": "from the organisation chart",
    "load fitted to waits": "as measured, times what waits tell of the time given to it",
    "load not determined": "as measured, times what waits suggest; the data do not determine it",
    "held, less decisions": "jobs that waited for somebody outside the log, less those that wait for a manager here",
    "choice": "a choice",
}
"""How a number was got, as the file says it."""
_LEAST_WAIT: Final = 0.1
_CLIMBS: Final = 0.06
"""Of jobs, by default: .1 need a decision, and .6 of those climb."""


@dataclass(frozen=True)
class Company:
    """What goes into a scenario beside what was counted: choices, and what was fitted, asked or drawn.

    ``source`` by language. ``feels``: with morale and attitude, or the queueing network that the log shows. ``people``
    by department: those who are there for its jobs. ``handling`` by department: a factor on the hours of a job, with
    the half-width of its logarithm's interval and whether the data determine it (``doubt``). ``errors``: the odds of an
    error, relative to those measured. ``morale`` by department where a survey tells it, and the ``inclination`` of its
    people that gives it; ``expectation`` of customers and the power of ``agility`` where ratings tell them. ``layers``
    and ``units`` of the organisation chart.
    """

    name: str
    source: Mapping[str, str]
    days: int = 250
    feels: bool = True
    people: Mapping[str, int] = field(default_factory=dict)
    handling: Mapping[str, float] = field(default_factory=dict)
    doubt: Mapping[str, tuple[float, bool]] = field(default_factory=dict)
    errors: float = 1.0
    inclination: Mapping[str, float] = field(default_factory=dict)
    morale: Mapping[str, Estimate] = field(default_factory=dict)
    expectation: float | None = None
    agility: Estimate | None = None
    layers: Estimate | None = None
    units: Mapping[int, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def drawn_up(found: Found, company: Company) -> str:
    """The YAML text; it passes ``check``."""
    return "\n".join(
        [*_head(found, company), *_departments(found, company), *_links(found, company), *_rest(found, company), ""]
    )


def outside_name(found: Found) -> str:
    """What the department is called that stands for everybody who is not in the log."""
    names = {part.name for part in found.departments}
    name = OUTSIDE
    while name in names:
        name += " the log"
    return name


def decision_share(found: Found) -> float:
    """Jobs that need a decision: the default, unless fewer jobs were seen to wait for anybody outside."""
    jobs = sum(part.jobs for part in found.departments)
    held = sum(part.jobs * _value(part.held) for part in found.departments) / max(1, jobs)
    return min(0.1, round(held / 0.6, 3))


def _head(found: Found, company: Company) -> Iterator[str]:
    yield "# Drawn up from a client's own data by customer-chain calibrate. Behind each number: its 95 % interval, from"
    yield "# how many it comes, and how it was got. What is called a choice is not in the data: change it, and see"
    yield "# whether what you conclude still holds."
    yield f"name: {_text(company.name)}"
    yield "source:"
    for language, text in company.source.items():
        yield f"  {language}: {_text(text)}"
    yield f"days: {company.days}"
    yield "warm_up_days: 60"
    if not company.feels:
        yield "psychology: none"
    yield ""
    yearly = found.purchases.times(DAYS_PER_YEAR)
    customers = found.customers or max(1, round(yearly.value / 4))
    why = "requesters seen" if found.customers else "a choice: no requester is told, four cases each a year"
    yield "# Cases from outside the log's groups. Whoever asks stays: users of a support chain are not lost (a choice)."
    days = ", ".join(f"{name} {share:.0%}" for name, share in zip(NAMES, found.weekdays, strict=True))
    yield f"# They begin on {days}."
    if not np.isnan(found.burst):
        yield f"# Their number varies from week to week {_number(found.burst)} times as much as chance alone makes it."
    yield "# The model's cases come evenly over working hours, by chance alone (Poisson)."
    yield "market:"
    yield f"  customers: {max(1, customers)}  # {why}"
    yield _line("  ", "purchases_per_year", yearly.times(1.0 / max(1, customers)))
    yield "  new_customers_per_year: 0  # a choice"
    if company.expectation is not None and company.feels:
        yield f"  expectation: {_number(company.expectation)}  # fitted: gives the mean of the ratings"
    yield "  price: 0  # what an answered case brings: put in yours, else only costs are compared"


def _departments(found: Found, company: Company) -> Iterator[str]:
    yield ""
    yield "departments:"
    for part in found.departments:
        yield from _department(part, company)
    if _is_held(found):
        held = [part for part in found.departments if _value(part.held) > 0]
        weights = np.array([part.jobs * part.held.value for part in held])
        hours = float(np.average([part.held_hours.value for part in held], weights=weights))
        spreads = [part.held_spread.value if part.held_spread.count else 1.0 for part in held]
        squares = np.average(
            [(part.held_hours.value**2) * (1 + spread**2) for part, spread in zip(held, spreads, strict=True)],
            weights=weights,
        )
        spread = float(np.sqrt(max(0.0, squares / max(hours, 1e-9) ** 2 - 1.0)))
        yield f"  # Users, vendors, whoever is waited for and is not in the log: {round(weights.sum())} jobs waited."
        yield f"  - name: {outside_name(found)}"
        yield f"    contract: {{hours: {_number(hours)}, spread: {_number(min(5.0, spread))}, right_first_time: 1}}"


def _department(part: DepartmentFound, company: Company) -> Iterator[str]:
    waits = part.wait_hours
    yield f"  # {part.jobs} jobs, line {part.line} of support" + (f", {part.groups} groups" if part.groups > 1 else "")
    if waits.count:
        doubt = f"{_number(waits.low)} to {_number(waits.high)}"
        yield f"  # until begun: {_number(waits.value)} h ({doubt}); load {part.load:.0%}"
    yield f"  - name: {_text(part.name)}"
    seen = max(1, round(part.staff.value))
    staff = company.people.get(part.name, seen)
    few = "as many as are there for this work, as waits tell; seen: " if staff < seen else ""
    yield f"    staff: {staff}  # {few}{_doubt(part.staff)}"
    factor = company.handling.get(part.name, 1.0)
    hours = part.handling_hours if part.handling_hours.count else chosen(1.0, "default")
    if factor != 1.0:
        hours = _refitted(hours, factor, *company.doubt.get(part.name, (0.0, True)))
    measured = f"{_number(part.handling_hours.value)} measured × {factor:.3g}; " if factor != 1.0 else ""
    yield _line("    ", "handling_hours", hours.limited(0.0, 10_000.0), before=measured)
    yield f"    handling_distribution: {part.shape}"
    spread = part.handling_spread if part.handling_spread.count else chosen(0.8, "default")
    if part.shape in {"lognormal", "erlang"}:
        low, high = (0.05, 1.0) if part.shape == "erlang" else (0.0, 5.0)
        yield _line("    ", "handling_spread", spread.limited(low, high))
    if part.intake.count:
        yield _line("    ", "intake_share", part.intake.limited(0.0, 1.0))
    if part.right.count:
        yield _line("    ", "right_first_time", _quality(part.right, company.errors).limited(0.01, 1.0))
        yield _line("    ", "errors_noticed", part.noticed.limited(0.0, 1.0))
    if part.own.value > 0.0:
        yield _line("    ", "background_jobs_per_day", part.own)
    if part.name in company.morale and company.feels:
        lean = company.inclination.get(part.name, 0.0)
        told = _points(company.morale[part.name])
        yield f"    people: {{inclination: {_number(lean)}}}  # aims at the survey's morale: {told}"


def _refitted(hours: Estimate, factor: float, width: float, determined: bool) -> Estimate:
    """Hours times what waits tell, with the doubt of both on the scale of logarithms."""
    value = hours.value * factor
    if np.isnan(hours.low) or hours.low <= 0.0 or value <= 0.0:
        half = width
    else:
        half = float(np.hypot(np.log(hours.high / hours.low) / 2.0, width))
    how = "load fitted to waits" if determined else "load not determined"
    return Estimate(value, value * float(np.exp(-half)), value * float(np.exp(half)), hours.count, how)


def moved_odds(share: float, errors: float) -> float:
    """A share that is right, with the odds of an error multiplied."""
    return 1.0 / (1.0 + errors * (1.0 - share) / max(share, 1e-9))


def _quality(right: Estimate, errors: float) -> Estimate:
    if errors == 1.0:
        return right
    value, low, high = (moved_odds(share, errors) for share in (right.value, right.low, right.high))
    return Estimate(value, low, high, right.count, "fitted")


def _links(found: Found, company: Company) -> Iterator[str]:
    yield ""
    yield "links:"
    yield from _front_line(found)
    for link in found.links:
        if link.customer != "market":
            yield from _link(link, "requests_per_job", link.requests)
            yield f"    blocking: {str(link.blocking).lower()}" + (
                f"  # waited for: {_doubt(link.blocked)}" if link.blocked.count else ""
            )
    if _is_held(found):
        name = outside_name(found)
        climbing = decision_share(found) * _CLIMBS / 0.1 if company.feels else 0.0
        for part in found.departments:
            held = _value(part.held)
            value, low, high = (max(0.0, number - climbing) for number in (held, part.held.low, part.held.high))
            requests = Estimate(value, low, high, part.held.count, part.held.how)
            if held > 0.0:
                yield f"  - supplier: {name}"
                yield f"    customer: {_text(part.name)}"
                told = f"{_doubt(requests)}; {HOW['held, less decisions']}"
                yield f"    requests_per_job: {_number(requests.value)}  # {told}"
                hours = max(_LEAST_WAIT, part.held_hours.value)
                yield f"    acceptable_wait_hours: {_number(hours)}  # the mean: a choice"
                yield "    blocking: true"


def _front_line(found: Found) -> Iterator[str]:
    front = [link for link in found.links if link.customer == "market"]
    total = sum(round(link.requests.value, 6) for link in front)
    reached = {link.supplier for link in found.links}
    for link in front:
        share = round(round(link.requests.value, 6) / total, 9) if total else 1.0
        yield from _link(link, "share", link.requests, share)
    for part in found.departments:
        if part.name not in reached:
            yield "  # Nobody was seen to ask it: it serves the market, with nothing."
            yield f"  - {{supplier: {_text(part.name)}, customer: market, share: 0}}"


def _link(link: LinkFound, key: str, amount: Estimate, value: float | None = None) -> Iterator[str]:
    yield f"  - supplier: {_text(link.supplier)}"
    yield f"    customer: {_text(link.customer)}"
    yield _line("    ", key, amount, value)
    if link.priority != USUAL:
        told = "shorter" if link.priority < USUAL else "longer"
        yield f"    priority: {link.priority}  # its jobs wait {told} than others, week by week"
    acceptable = link.acceptable if link.acceptable.count else chosen(HOURS_PER_DAY, "default")
    yield _line("    ", "acceptable_wait_hours", acceptable.limited(_LEAST_WAIT, 100_000.0))


def _rest(found: Found, company: Company) -> Iterator[str]:
    if not company.feels:
        return
    share = decision_share(found)
    yield ""
    yield "# A log does not tell who decides what. These are defaults but for what is said otherwise."
    yield "management:"
    layers = company.layers or chosen(2, "choice")
    yield f"  layers: {round(layers.value)}  # {_doubt(layers)}"
    yield "  delegation: 0.4  # a choice"
    yield f"  decision_share: {_number(share)}  # a choice, and no more than jobs that were seen to wait"
    yield "  authoritarian: 0.3  # a choice"
    if company.units:
        yield "  units:"
        for tier, units in sorted(company.units.items()):
            yield f"    {tier}:"
            for unit, members in units.items():
                yield f"      {_text(unit)}: [{', '.join(map(_text, members))}]"
    yield ""
    yield "laws:"
    yield "  loss_per_purchase: 0  # whoever asks stays (a choice)"
    if company.agility is not None:
        yield _line("  ", "agility_exponent", company.agility)


def _is_held(found: Found) -> bool:
    return any(_value(part.held) > 0 for part in found.departments)


def _value(estimate: Estimate) -> float:
    return estimate.value if estimate.count else 0.0


def _points(morale: Estimate) -> str:
    value, low, high = (f"{100 * number:.0f}" for number in (morale.value, morale.low, morale.high))
    return f"{value} points ({low} to {high}), n {morale.count}"


def _line(indent: str, key: str, estimate: Estimate, value: float | None = None, before: str = "") -> str:
    written = repr(value) if value is not None else _number(estimate.value)
    return f"{indent}{key}: {written}  # {before}{_doubt(estimate)}"


def _doubt(estimate: Estimate) -> str:
    how = HOW[estimate.how]
    if np.isnan(estimate.low):
        return how
    return f"{_number(estimate.low)} to {_number(estimate.high)}, n {estimate.count}; {how}"


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"


def _text(text: str) -> str:
    """A name as YAML takes it whatever it is: a JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)
