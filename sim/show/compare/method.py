"""How a comparison was made, told: the method, and what was seen of the start."""

from sim.show.amounts import amount
from sim.show.compare.document import Lines, Part, Section
from sim.show.compare.numbers import difference_said
from sim.show.compare.sentences import in_a_sentence
from sim.show.compare.welch import states_said
from sim.show.language import Language
from sim.show.names import titled
from sim.show.typed import typed_number
from sim.study.compare.asked import LEAST
from sim.study.compare.best import FIRST
from sim.study.compare.comparison import Comparison
from sim.study.compare.start import MATTERS, Drift, Start, start


def starts(comparison: Comparison) -> list[Start]:
    """The look at each scenario's start, and for all but the base at the difference to it."""
    together, numbers = comparison.together, comparison.replications
    return [
        start(together, comparison.base, numbers),
        *(start(together, scenario, numbers, comparison.base) for scenario in comparison.others),
    ]


def method(comparison: Comparison, found: list[Start], say: Language) -> Section:
    """The section of the report."""
    lines = [
        say(
            "Model: discrete-event simulation of requests between departments, of what people feel when they are "
            "served and serve, and of customers outside; described by the ODD protocol in sim/model/README.md."
        ),
        _engine(comparison, say),
        say(
            "Runs: terminating, {days} observed days after {warm_up} days of warm-up from near the steady state; "
            "{n} replications.",
            days=comparison.base.days,
            warm_up=comparison.base.warm_up_days,
            n=len(comparison.replications),
        ),
        *_precision(comparison, say),
        say(
            "Common random numbers: the same customer has the same needs and luck in every scenario; differences "
            "are taken pair by pair. Pairs are replications, never requests."
        ),
        say(
            "Intervals: Student’s t on paired differences, made simultaneous over scenarios and stated outcomes by "
            "Bonferroni’s inequality. A verdict is given only where the interval leaves out zero. With few pairs they "
            "hold only if differences are nearly normal."
        ),
        *_selection(comparison, say),
        *_bootstrap(comparison, say),
        say(
            "Parts of a difference: hours along the answers that came last; satisfaction by additive "
            "logarithmic-mean decomposition. Both add up without rest."
        ),
    ]
    if any(item.drifts or item.cut_weeks is not None for item in found):
        lines.append(
            say(
                "Start: the drift of morale, orientation and flaws along a line through the observed weeks, of each "
                "scenario and of its difference to the base; MSER-5 on the queues. It is behind only where each "
                "drift’s 95 % interval is smaller than matters: {points} points, {flaws} flaws.",
                points=say.brief(MATTERS["morale"]),
                flaws=say.brief(MATTERS["flaws"]),
            )
        )
    return Section(say("Method"), [Lines(lines)])


def _engine(comparison: Comparison, say: Language) -> str:
    if comparison.together.engine == "reference":
        return say("Engine: Python and SimPy, one process for each job; random numbers keyed by cause, not by order.")
    return say(
        "Engine: compiled code that does, event by event and to the last bit, what the SimPy model does (--engine "
        "reference runs that one); random numbers keyed by cause, not by order."
    )


def _precision(comparison: Comparison, say: Language) -> list[str]:
    if not comparison.precision:
        return []
    what = "; ".join(
        say(
            "{outcome} to ± {half}",
            outcome=in_a_sentence(outcome, say),
            half=typed_number(half, say, comparison.unit(outcome)),
        )
        for outcome, half in comparison.precision.items()
    )
    text = say("Replications were added until intervals were narrow enough: {what}.", what=what)
    if comparison.missed:
        text = say(
            "Replications were added up to the most allowed, and not all got as narrow as asked: {what}.", what=what
        )
    return [
        text
        + " "
        + say("Stopping at a narrow interval costs one of 95 % up to one and a half points (experiments/coverage).")
    ]


def _selection(comparison: Comparison, say: Language) -> list[str]:
    chosen = comparison.chosen()
    if chosen is None:
        return []
    return [
        say(
            "Selection: Kim and Nelson’s procedure, first stage of {n} replications, zone of {zone} in {outcome}. Its "
            "{share} and the intervals’ 95 % are separate promises.",
            n=FIRST,
            zone=amount(chosen.zone, comparison.unit(chosen.outcome), say),
            outcome=in_a_sentence(chosen.outcome, say),
            share=say.percent(chosen.probability),
        )
    ]


def _bootstrap(comparison: Comparison, say: Language) -> list[str]:
    if not any(scenario.changes for scenario in comparison.scenarios):
        return []
    return [
        say(
            "Days half-way and of money back: intervals by bootstrap, whole pairs drawn again; told from {n} "
            "replications on.",
            n=LEAST,
        )
    ]


def looks(comparison: Comparison, found: list[Start], say: Language) -> list[Part]:
    """What each look at the start gave, scenario by scenario."""
    titles = {scenario.name: titled(scenario, say) for scenario in comparison.scenarios}
    lines = []
    for item in found:
        title = titles[item.scenario]
        if item.drifts:
            lines.append(
                say(
                    "“{title}”, from the first observed week to the last: {drifts}.",
                    title=title,
                    drifts=_drifts(item.drifts, say),
                )
            )
        if not all(drift.wandered.is_nothing for drift in item.apart):
            lines.append(
                say("“{title}”, its difference to the base: {drifts}.", title=title, drifts=_drifts(item.apart, say))
            )
        if item.cut_weeks is None:
            continue
        if item.has_cut:
            lines.append(
                say(
                    "“{title}”: MSER-5 would leave out the first {cut} weeks of the queues; the warm-up leaves out "
                    "{warm_up}.",
                    title=title,
                    cut=item.cut_weeks,
                    warm_up=say.number(item.warm_up_weeks),
                )
            )
        else:
            lines.append(say("“{title}”: MSER-5 finds no week from which on the queues are steady.", title=title))
    return [Lines(lines)] if lines else []


def _drifts(drifts: tuple[Drift, ...], say: Language) -> str:
    return "; ".join(
        say(
            "{what} {mean} ({low} to {high})",
            what=states_said(say)[drift.outcome],
            mean=difference_said(drift.wandered.mean, "points", say),
            low=difference_said(drift.wandered.low, "points", say),
            high=difference_said(drift.wandered.high, "points", say),
        )
        for drift in drifts
    )
