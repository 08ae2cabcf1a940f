"""What the report of a comparison says: summary first, then results, reasons, assumptions, method, doing it again."""

import io
import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from matplotlib.figure import Figure

from sim.scenario.differing import differing
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import amount, capital
from sim.show.compare.courses import courses_title, draw_courses
from sim.show.compare.document import (
    Amount,
    Cell,
    Document,
    Lines,
    Mark,
    Part,
    Picture,
    Section,
    Table,
    Text,
)
from sim.show.compare.forest import draw_forest
from sim.show.compare.frontier import draw_frontier, frontier_title
from sim.show.compare.networks import draw_networks, networks_title
from sim.show.compare.sentences import choice_said, effect_said, in_a_sentence, recommendation, sorted_by_verdict
from sim.show.compare.story import story
from sim.show.compare.table import verdicts_said
from sim.show.compare.waterfall import Fall, draw_fall, fall_title, satisfaction_fall, time_fall
from sim.show.compare.welch import draw_welch, welch_title
from sim.show.language import Language, speaking
from sim.show.names import key_text, names_of, titled, value_text
from sim.show.tables import number, outcomes_said, units_said
from sim.study.compare.after import after, changed_on, pay_back
from sim.study.compare.comparison import Comparison
from sim.study.compare.parting import parting
from sim.study.compare.start import Start, start
from sim.study.compare.stated import BETTER
from sim.study.compare.whatif import Assumptions, what_if
from sim.study.compare.why import states

MOST_STATES: Final = 12
MOST_ASSUMPTIONS: Final = 8


def document(comparison: Comparison, command: str, language: str = "en") -> Document:
    """The whole report of a comparison; ``command`` is what was typed to make it."""
    return _Writer(comparison, command, speaking(language)).whole()


class _Writer:
    """Writes one report."""

    def __init__(self, comparison: Comparison, command: str, say: Language) -> None:
        self.comparison = comparison
        self.command = command
        self.say = say
        self.feels = all(scenario.feels for scenario in comparison.scenarios)
        self.start: Start = start(comparison.together, comparison.base, comparison.replications)

    def whole(self) -> Document:
        say, comparison = self.say, self.comparison
        return Document(
            language=say.code,
            title=self._title(),
            origin=say(
                "{n} of {days} days each on the same luck, seed {seed}; base: {base}",
                n=say.counted("{n} replication", "{n} replications", len(comparison.replications)),
                days=comparison.base.days,
                seed=str(comparison.seed),
                base=titled(comparison.base, say),
            ),
            recommendation=recommendation(comparison, say),
            summary=[*(self._in_short(scenario) for scenario in comparison.others), *self._choice()],
            cautions=list(self._cautions()),
            sections=[
                self._differences(),
                self._results(),
                *(self._why(scenario) for scenario in comparison.others),
                self._assumptions(),
                self._method(),
                self._again(),
                self._appendix(),
            ],
        )

    def _title(self) -> str:
        questions = [scenario.question.said(self.say.code) for scenario in self.comparison.others]
        asked = list(dict.fromkeys(question for question in questions if question))
        if len(asked) == 1:
            return asked[0]
        return self.say("{base}, and what else could be", base=titled(self.comparison.base, self.say))

    def _in_short(self, scenario: Scenario) -> str:
        say = self.say
        found = sorted_by_verdict(self.comparison, scenario)
        told = [
            effect_said(self.comparison, scenario, outcome, say)
            for kind in ("better", "worse", "higher", "lower")
            for outcome in found.get(kind, [])
        ]
        hidden = [in_a_sentence(outcome, say) for outcome in found.get("not distinguishable", [])]
        if hidden:
            told.append(say("luck hides whether it changes {outcomes}", outcomes=", ".join(hidden)))
        return f"{titled(scenario, say)}: {'; '.join(told)}."

    def _choice(self) -> list[str]:
        text = choice_said(self.comparison, self.say)
        return [text] if text else []

    def _cautions(self) -> Iterator[str]:
        """Where another outcome tells another story than customers' satisfaction; a start that is not behind."""
        say, comparison = self.say, self.comparison
        if self.feels:
            for scenario in comparison.others:
                first = self._side(scenario, "customer_satisfaction")
                for outcome in ("panel_satisfaction", "open_requests"):
                    other = self._side(scenario, outcome)
                    if first * other < 0:
                        yield say(
                            "With “{title}” those who still buy and {outcome} tell different stories: "
                            "customers’ satisfaction gets {one}, {outcome} gets {two}.",
                            title=titled(scenario, say),
                            outcome=in_a_sentence(outcome, say),
                            one=say("better") if first > 0 else say("worse"),
                            two=say("better") if other > 0 else say("worse"),
                        )
        if self.start.warm_up_is_short or any(drift.is_seen for drift in self.start.drifts):
            yield welch_title(self.start, say) + "."
        if comparison.failed:
            yield say.counted(
                "{n} replication failed and is left out everywhere; failures.csv names it.",
                "{n} replications failed and are left out everywhere; failures.csv names them.",
                len({item.replication for item in comparison.failed}),
            )

    def _side(self, scenario: Scenario, outcome: str) -> int:
        """1 if an outcome gets better beyond luck, −1 if worse, 0 if luck hides it."""
        found = self.comparison.difference(scenario, outcome)
        up = int(found.low > 0.0) - int(found.high < 0.0)
        return up * BETTER.get(outcome, 0)

    def _differences(self) -> Section:
        say, comparison = self.say, self.comparison
        rows: list[list[Cell]] = []
        for scenario in comparison.others:
            names = names_of(comparison.base, say) | names_of(scenario, say)
            for item in differing(comparison.base, scenario):
                where, _, leaf = item.key.rpartition(".")
                place = where.partition(".")[2]
                words = key_text(leaf, say) if leaf not in names else say("department")
                about = f"{names.get(place, place)}: {words}" if place else words
                rows.append([titled(scenario, say), about, self._value(item.base), self._value(item.other), item.key])
        head = [say("scenario"), say("what"), say("base"), say("there"), say("key in the file")]
        parts: list[Part] = [Text(say("All scenarios are the same company but for this."))]
        questions = dict.fromkeys(
            question for item in comparison.others if (question := item.question.said(say.code)) is not None
        )
        if len(questions) > 1:
            parts.append(Lines(list(questions)))
        parts.append(Table(say("what differs"), head, rows))
        sources = dict.fromkeys(source for item in comparison.scenarios if (source := item.source.said(say.code)))
        parts += [Text(say("Where the figures come from: {source}", source=source)) for source in sources]
        return Section(say("What differs"), parts, here=True)

    def _value(self, value: Any) -> str:
        if value is None:
            return self.say("not there")
        if isinstance(value, dict | list):
            return self.say("as in its file")
        return value_text(value, self.say)

    def _results(self) -> Section:
        say, comparison = self.say, self.comparison
        interval = (say("difference"), say("from"), say("to"))
        head = [say("scenario"), say("mean"), *interval, say("verdict"), say("luck saved")]
        rows: list[list[Cell]] = []
        for outcome in comparison.stated:
            unit = comparison.unit(outcome)
            spoken = units_said(say).get(unit, unit)
            name = capital(outcomes_said(say).get(outcome, outcome))
            rows.append([f"{name} ({spoken})" if spoken else name])
            base = self._amount(float(comparison.values(comparison.base, outcome).mean()), unit)
            rows.append([titled(comparison.base, say), base, "", "", "", "", ""])
            for scenario in comparison.others:
                found = comparison.difference(scenario, outcome)
                said = comparison.verdict(scenario, outcome)
                saved = comparison.luck_bought(scenario, outcome)
                rows.append(
                    [
                        titled(scenario, say),
                        self._amount(float(comparison.values(scenario, outcome).mean()), unit),
                        *(Amount(value, self._signed(value, unit)) for value in (found.mean, found.low, found.high)),
                        Mark(verdicts_said(say)[said], said if said in {"better", "worse"} else ""),
                        Amount(saved, "–" if math.isnan(saved) else f"×{number(saved, say)}"),
                    ]
                )
        caption = say(
            "From … to: intervals of the differences that cover all {n} true ones at once with 95 %. Luck saved: how "
            "many times more replications independent luck would have needed.",
            n=comparison.family,
        )
        parts: list[Part] = [Table(say("outcomes"), head, rows, caption)]
        parts.append(self._picture("forest", recommendation(comparison, say), draw_forest(comparison, say)))
        parts.append(self._picture("courses", courses_title(comparison, say), draw_courses(comparison, say)))
        if self.feels:
            parts.append(self._picture("frontier", frontier_title(comparison, say), draw_frontier(comparison, say)))
        return Section(say("What came of it"), parts)

    def _why(self, scenario: Scenario) -> Section:
        say, comparison = self.say, self.comparison
        parts: list[Part] = []
        falls: list[tuple[str, Callable[[Comparison, Scenario, Language], Fall]]] = [("time", time_fall)]
        if self.feels:
            falls.append(("satisfaction", satisfaction_fall))
        for name, of in falls:
            fall = of(comparison, scenario, say)
            if math.isnan(fall.base):  # nothing was delivered
                continue
            title = fall_title(comparison, scenario, fall, say)
            parts.append(self._picture(f"{name}-{scenario.name}", title, draw_fall(comparison, scenario, fall, say)))
        if self.feels:
            title = networks_title(comparison, scenario, say)
            parts.append(self._picture(f"networks-{scenario.name}", title, draw_networks(comparison, scenario, say)))
        parts += self._states(scenario)
        parts += self._after(scenario)
        parts.append(Text(say("The story of one day"), "heading"))
        told = parting(
            comparison.base, scenario, comparison.seed, comparison.replications[0], comparison.together.engine
        )
        parts.append(Lines(story(told, comparison.base, scenario, say), "steps"))
        return Section(say("Why: {title}", title=titled(scenario, say)), parts)

    def _states(self, scenario: Scenario) -> list[Part]:
        """Where the departments differ beyond luck."""
        say, comparison = self.say, self.comparison
        names = names_of(comparison.base, say) | names_of(scenario, say)
        labels = {
            "morale": say("morale"),
            "orientation": say("customer orientation"),
            "experience_received": say("how colleagues serve it"),
            "experience_given": say("how it serves others"),
            "queue_hours": say("wait in line"),
            "right_first_time": say("jobs right first time"),
            "avoided_share": say("needs of others that avoid it"),
            "flaws": say("flaws in how it works"),
        }
        seen = [
            item for item in states(comparison, scenario) if item.difference.low > 0.0 or item.difference.high < 0.0
        ]
        if not seen:
            return [Text(say("No department differs beyond luck in how it feels, serves or waits."))]
        seen.sort(key=lambda item: -abs(item.difference.mean) / (item.difference.half_width or math.inf))
        rows: list[list[Cell]] = []
        for item in seen[:MOST_STATES]:
            unit = comparison.unit(item.outcome, "department", item.where)
            rows.append(
                [
                    names[item.where],
                    labels[item.outcome],
                    self._amount(item.base, unit),
                    self._amount(item.other, unit),
                    *(
                        Amount(value, self._signed(value, unit))
                        for value in (item.difference.mean, item.difference.low, item.difference.high)
                    ),
                ]
            )
        head = [say("department"), say("what"), say("base"), say("there"), say("difference"), say("from"), say("to")]
        caption = say(
            "The clearest {n} of {all} differences between departments; 95 % intervals, each for itself",
            n=len(rows),
            all=len(seen),
        )
        return [Table(say("departments of {name}", name=scenario.name), head, rows, caption)]

    def _after(self, scenario: Scenario) -> list[Part]:
        """What a dated change does in time."""
        say, comparison = self.say, self.comparison
        day = changed_on(comparison, scenario)
        if day is None:
            return []
        lines = []
        for outcome in comparison.stated:
            found = after(comparison, scenario, outcome)
            if found is None or outcome.startswith("open_"):
                continue
            name = capital(in_a_sentence(outcome, say))
            if found.half is None:
                lines.append(say("{outcome}: luck hides what the last weeks differ by.", outcome=name))
                continue
            unit = comparison.unit(outcome)
            text = say(
                "{outcome}: {effect} in the last weeks; half of it after {days} days ({low} to {high}).",
                outcome=name,
                effect=("+" if found.effect.mean > 0 else "−") + amount(found.effect.mean, unit, say),
                days=self._days(found.half.days),
                low=self._days(found.half.low),
                high=self._days(found.half.high),
            )
            if found.dip is not None:
                text += " " + say(
                    "Before it gets better it gets worse: by {depth}, {days} days after the change.",
                    depth=amount(found.dip.depth.mean, unit, say),
                    days=self._days(found.dip.days),
                )
            lines.append(text)
        money = pay_back(comparison, scenario)
        if money is not None:
            if math.isnan(money.day):
                lines.append(say("Money: it has not paid back by the last day."))
            elif money.day == day:
                lines.append(say("Money: it never costs more than it brings."))
            else:
                lines.append(
                    say(
                        "Money: paid back on day {day} ({low} to {high}).",
                        day=self._days(money.day),
                        low=self._days(money.low),
                        high=self._days(money.high),
                    )
                )
        return [Text(say("After the change of day {day}", day=str(day)), "heading"), Lines(lines)]

    def _assumptions(self) -> Section:
        say, comparison = self.say, self.comparison
        parts: list[Part] = [
            Text(
                say(
                    "Most parameters of the laws are choices: nobody has measured them. Each was made a quarter "
                    "smaller and a quarter larger, one at a time; the forecast of the steady state then tells "
                    "another difference of satisfaction. The {n} that matter most:",
                    n=MOST_ASSUMPTIONS,
                )
            )
        ]
        found = what_if(comparison.base, comparison.others, comparison.together.jobs)
        if not self.feels:
            parts = [Text(say("Nobody feels anything here: only queues are simulated."))]
        for scenario in comparison.others if self.feels else ():
            if scenario.name in found:
                parts += self._asked(scenario, found[scenario.name])
            else:
                text = say("{title}: no forecast, as a company here cannot keep up.", title=titled(scenario, say))
                parts.append(Text(text))
        return Section(say("Assumptions, and what if they are wrong"), parts)

    def _asked(self, scenario: Scenario, found: Assumptions) -> list[Part]:
        say = self.say
        turning = [item for item in found.asked if item.turns(found.difference)]
        verdict = (
            say.counted(
                "One assumption turns the sign: {keys}.",
                "{n} assumptions turn the sign: {keys}.",
                len(turning),
                keys=", ".join(item.key for item in turning[:MOST_ASSUMPTIONS]),
            )
            if turning
            else say("None of {n} turns the sign.", n=len(found.asked))
        )
        forecast = say(
            "{title}: the forecast difference is {points} points. {verdict}",
            title=titled(scenario, say),
            points=self._signed(found.difference, "points"),
            verdict=verdict,
        )
        rows: list[list[Cell]] = [
            [
                item.key,
                Amount(item.low, say.brief(item.low)),
                Amount(item.difference_low, self._signed(item.difference_low, "points")),
                Amount(item.high, say.brief(item.high)),
                Amount(item.difference_high, self._signed(item.difference_high, "points")),
            ]
            for item in found.asked[:MOST_ASSUMPTIONS]
        ]
        head = [say("choice"), say("smaller"), say("difference"), say("larger"), say("difference")]
        return [Text(forecast), Table(say("what if of {name}", name=scenario.name), head, rows)]

    def _method(self) -> Section:
        say, comparison = self.say, self.comparison
        precision = [
            say(
                "{outcome} to ± {half}",
                outcome=in_a_sentence(outcome, say),
                half=number(half, say, comparison.unit(outcome)),
            )
            for outcome, half in comparison.precision.items()
        ]
        lines = [
            say(
                "Model: discrete-event simulation of requests between departments, of what people feel when they are "
                "served and serve, and of customers outside; described by the ODD protocol in sim/model/README.md."
            ),
            say("Engine: Python and SimPy, one process for each request; random numbers keyed by cause, not by order."),
            say(
                "Runs: terminating, {days} observed days after {warm_up} days of warm-up from near the steady state; "
                "{n} replications.",
                days=comparison.base.days,
                warm_up=comparison.base.warm_up_days,
                n=len(comparison.replications),
            ),
            say(
                "Common random numbers: the same customer has the same needs and luck in every scenario; differences "
                "are taken pair by pair. Pairs are replications, never requests."
            ),
            say(
                "Intervals: Student’s t on paired differences, made simultaneous over scenarios and stated outcomes by "
                "Bonferroni’s inequality. A verdict is given only where the interval leaves out zero."
            ),
            say(
                "Parts of a difference: hours along the answers that came last; satisfaction by additive "
                "logarithmic-mean decomposition. Both add up without rest."
            ),
        ]
        if precision:
            lines.insert(
                3, say("Replications were added until intervals were narrow enough: {what}.", what="; ".join(precision))
            )
        return Section(say("Method"), [Lines(lines)])

    def _again(self) -> Section:
        say = self.say
        parts: list[Part] = [
            Text(
                say(
                    "The scenarios as they were simulated lie beside this page. "
                    "In this folder, one command does it all again:"
                )
            ),
            Text(self.command, "code"),
            Text(
                say(
                    "manifest.json names versions, seed and options. The same seed gives the same bytes in every table."
                )
            ),
        ]
        return Section(say("Do it again"), parts, here=True)

    def _appendix(self) -> Section:
        say = self.say
        lines = []
        labels = {
            "morale": say("morale"),
            "orientation": say("customer orientation"),
            "flaws": say("flaws of a department"),
        }
        for drift in self.start.drifts:
            found = drift.wandered
            lines.append(
                say(
                    "From the first observed week to the last, {what} of the base wanders by {mean} ({low} to {high}).",
                    what=labels[drift.outcome],
                    mean=self._signed(found.mean, "points"),
                    low=self._signed(found.low, "points"),
                    high=self._signed(found.high, "points"),
                )
            )
        if self.start.cut_weeks is not None:
            lines.append(
                say(
                    "MSER-5 would leave out the first {cut} weeks of the queues; the warm-up leaves out {warm_up}.",
                    cut=self.start.cut_weeks,
                    warm_up=say.number(self.start.warm_up_weeks),
                )
            )
        chart = draw_welch(self.comparison, self.start, say)
        return Section(
            say("Appendix: the start"), [self._picture("welch", welch_title(self.start, say), chart), Lines(lines)]
        )

    def _amount(self, value: float, unit: str) -> Amount:
        return Amount(value, number(value, self.say, unit))

    def _signed(self, value: float, unit: str) -> str:
        text = number(abs(value), self.say, unit)
        return text if text == "–" else f"{'−' if value < 0 else '+'}{text}"

    def _days(self, value: float) -> str:
        return "–" if math.isnan(value) else self.say.number(value)

    def _picture(self, name: str, title: str, sheet: Figure) -> Picture:
        stream = io.BytesIO()
        with style.look():
            sheet.savefig(stream, format="png", metadata={"Software": None})
        return Picture(name, title, stream.getvalue(), style.heading_share(sheet))
