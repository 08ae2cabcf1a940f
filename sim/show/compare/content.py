"""What the report of a comparison says: summary first, then results, reasons, assumptions, method, doing it again."""

import io
import math
from collections.abc import Callable

from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import capital
from sim.show.compare.assumed import assumptions
from sim.show.compare.cautions import cautions
from sim.show.compare.chosen import choice_said
from sim.show.compare.courses import courses_title, draw_courses
from sim.show.compare.departments import departments
from sim.show.compare.differences import differences
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
from sim.show.compare.figures import figures
from sim.show.compare.forest import draw_forest, forest_title
from sim.show.compare.frontier import draw_frontier, frontier_title
from sim.show.compare.in_time import in_time
from sim.show.compare.method import looks, method, starts
from sim.show.compare.money import where_profit_comes_from
from sim.show.compare.networks import draw_networks, networks_title
from sim.show.compare.numbers import difference_cell, mean_said, times_said
from sim.show.compare.overview import open_points, overview
from sim.show.compare.recommended import recommendation
from sim.show.compare.sentences import effect_said
from sim.show.compare.story import story
from sim.show.compare.table import verdicts_said
from sim.show.compare.waterfall import Fall, draw_fall, fall_title, satisfaction_fall, time_fall
from sim.show.compare.welch import draw_welch, welch_title
from sim.show.language import Language, speaking
from sim.show.names import titled
from sim.show.tables import outcomes_said, units_said
from sim.study.compare.comparison import Comparison
from sim.study.compare.parting import parting
from sim.study.compare.whatif import Assumptions


def document(
    comparison: Comparison, assumed: Callable[[], dict[str, Assumptions]], command: str, language: str = "en"
) -> Document:
    """The whole report of a comparison; ``command`` is what was typed to make it.

    ``assumed`` gives what ``what_if`` finds of these scenarios, and is asked when it is needed.
    """
    return _Writer(comparison, assumed, command, speaking(language)).whole()


class _Writer:
    """Writes one report."""

    def __init__(
        self, comparison: Comparison, assumed: Callable[[], dict[str, Assumptions]], command: str, say: Language
    ) -> None:
        self.comparison = comparison
        self.assumed = assumed
        self.command = command
        self.say = say
        self.feels = all(scenario.feels for scenario in comparison.scenarios)
        self.starts = starts(comparison)

    def whole(self) -> Document:
        say, comparison = self.say, self.comparison
        found = [
            differences(comparison, say),
            self._results(),
            *(self._why(scenario) for scenario in comparison.others),
        ]
        assumed = self.assumed()  # asked last: it may still be worked out
        return Document(
            language=say.code,
            title=self._title(),
            origin=self._origin(),
            recommendation=recommendation(comparison, say),
            overview=overview(comparison, say),
            summary=[
                *filter(None, (open_points(comparison, item, say) for item in comparison.others)),
                *self._choice(),
            ],
            cautions=list(cautions(comparison, self.starts, assumed, say)),
            sections=[
                *found,
                assumptions(comparison, assumed, say),
                method(comparison, self.starts, say),
                self._again(),
                Section(say("Appendix: the start"), self._start()),
            ],
            figures=figures(comparison, say),
        )

    def _origin(self) -> str:
        say, days = self.say, self.comparison.base.days
        lived = say.counted("{n} simulated year", "{n} simulated years", len(self.comparison.replications))
        if days != DAYS_PER_YEAR:
            lived = say(
                "{n} of {days} days each",
                n=say.counted("{n} replication", "{n} replications", len(self.comparison.replications)),
                days=days,
            )
        return say(
            "{lived} on the same luck for every scenario (seed {seed})", lived=lived, seed=str(self.comparison.seed)
        )

    def _title(self) -> str:
        questions = [scenario.question.said(self.say.code) for scenario in self.comparison.others]
        asked = list(dict.fromkeys(question for question in questions if question))
        if len(asked) == 1:
            return asked[0]
        return self.say("{base}, and what else could be", base=titled(self.comparison.base, self.say))

    def _choice(self) -> list[str]:
        text = choice_said(self.comparison, self.say)
        return [text] if text else []

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
            base = mean_said(comparison.mean(comparison.base, outcome), unit, say)
            rows.append([titled(comparison.base, say), base, "", "", "", "", ""])
            for scenario in comparison.others:
                found = comparison.difference(scenario, outcome)
                said = comparison.verdict(scenario, outcome)
                saved = comparison.luck_bought(scenario, outcome)
                rows.append(
                    [
                        titled(scenario, say),
                        mean_said(comparison.mean(scenario, outcome), unit, say),
                        *(difference_cell(value, unit, say) for value in (found.mean, found.low, found.high)),
                        Mark(verdicts_said(say)[said], said if said in {"better", "worse"} else ""),
                        Amount(saved, times_said(saved, say)),
                    ]
                )
        caption = say(
            "From … to: intervals of the differences that cover all {n} true ones at once with 95 %. Luck saved: how "
            "many times more replications independent luck would have needed.",
            n=comparison.family,
        )
        parts: list[Part] = [Table(say("outcomes"), head, rows, caption)]
        parts.append(self._picture("forest", forest_title(comparison, say), draw_forest(comparison, say)))
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
        parts += where_profit_comes_from(comparison, scenario, say)
        parts += departments(comparison, scenario, say)
        parts += in_time(comparison, scenario, say)
        parts.append(Text(say("The story of one day"), "heading"))
        first, engine = comparison.replications[0], comparison.together.engine
        told = parting(comparison.base, scenario, comparison.seed, first, engine)
        parts.append(
            Text(
                say(
                    "One replication, number {n}: an example of how it comes about, and not typical. Over all of them "
                    "{effect}.",
                    n=first,
                    effect=effect_said(comparison, scenario, comparison.leading, say),
                )
            )
        )
        parts.append(Lines(story(told, comparison.base, scenario, say), "steps"))
        return Section(say("Why: {title}", title=titled(scenario, say)), parts)

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
        return Section(say("Do it again"), parts)

    def _start(self) -> list[Part]:
        say, comparison = self.say, self.comparison
        title = welch_title(comparison, self.starts, say)
        chart = draw_welch(comparison, self.starts, say)
        return [self._picture("welch", title, chart), *looks(comparison, self.starts, say)]

    def _picture(self, name: str, title: str, sheet: Figure) -> Picture:
        stream = io.BytesIO()
        with style.look():
            sheet.savefig(stream, format="png", metadata={"Software": None})
        return Picture(name, title, stream.getvalue(), style.heading_share(sheet))
