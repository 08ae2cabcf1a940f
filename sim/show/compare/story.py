"""The story of how two companies on the same luck part, in sentences with names and days."""

from sim.model.calendar import HOURS_PER_DAY
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show.language import Language
from sim.show.names import names_of, titled
from sim.study.compare.parting import DAYS, Parting, Request, Step

_HOURS, _POINTS = 0.1, 0.005
"""What is not worth a word."""


def story(parting: Parting | None, base: Scenario, other: Scenario, say: Language) -> list[str]:
    """Sentences: where they part, step by step to a customer, and how far it had spread by then."""
    if parting is None:
        return [say("In the first {days} days the two companies live the same life.", days=DAYS)]
    teller = _Teller(base, other, say)
    sentences = [
        say("“{a}” and “{b}” live through the same luck.", a=teller.base, b=teller.other),
        say(
            "They part on {day}: {what}",
            day=teller.day(parting.first.at),
            what=teller.told(parting.first),
        ),
    ]
    way = [step for step in parting.way if step is not parting.first]
    if not parting.way:
        sentences.append(say("Within {days} days no customer notices anything.", days=DAYS))
        return sentences
    for step in way:
        if not teller.is_noticed(step):
            continue
        sentences.append(
            say("{day}: {what}", day=teller.day(step.at, capital=True), what=teller.told(step))
            if step.either.customer != MARKET
            else say("This reaches the customer: {what}", what=teller.told(step))
        )
    spread = say.counted(
        "By then {n} request has gone another way.",
        "By then {n} requests have gone another way.",
        parting.parted,
    )
    return [*sentences, spread]


class _Teller:
    """Knows the names of both companies, and tells what became of a request in each."""

    def __init__(self, base: Scenario, other: Scenario, say: Language) -> None:
        self._say = say
        self._names = names_of(base, say) | names_of(other, say)
        self.base, self.other = titled(base, say), titled(other, say)

    def day(self, hours: float, *, capital: bool = False) -> str:
        """Such as ``day 3``; days of the warm-up are told as such."""
        say, day = self._say, int(hours // HOURS_PER_DAY)
        text = say("day {n}", n=str(day + 1)) if day >= 0 else say("{n} days before day 1", n=str(-day))
        return text[:1].upper() + text[1:] if capital else text

    def told(self, step: Step) -> str:
        """What differs first: made or not, how it turned out, how long it took, how it felt, or by whom."""
        say, base, other = self._say, step.base, step.other
        what = self._what(step.either)
        if base is None or other is None:
            where = self.base if base is not None else self.other
            return say("{what} – in “{where}” alone.", what=what, where=where)
        if base.outcome != other.outcome:
            where = self.base if base.outcome == "avoided" else self.other
            return say("{what} – in “{where}” they would rather not, and work around it.", what=what, where=where)
        parts = self._parts(base, other) or [say("the difference is smaller than anybody would notice")]
        return say("{what}: {how}.", what=what, how="; ".join(parts))

    def is_noticed(self, step: Step) -> bool:
        """Whether a step is worth a word; one that reaches a customer always is."""
        if step.base is None or step.other is None or step.either.customer == MARKET:
            return True
        return step.base.outcome != step.other.outcome or bool(self._parts(step.base, step.other))

    def _parts(self, base: Request, other: Request) -> list[str]:
        said = (self._turned_out(base, other), self._took(base, other), self._felt(base, other))
        return [part for part in said if part]

    def _what(self, request: Request) -> str:
        say = self._say
        supplier = self._names[request.supplier]
        if request.customer == MARKET:
            return say("customer {n} buys from {supplier}", n=str(request.asker).partition("/")[2], supplier=supplier)
        if not request.customer:
            return say("{supplier} has work of its own", supplier=supplier)
        return say("{customer} asks {supplier}", customer=self._names[request.customer], supplier=supplier)

    def _turned_out(self, base: Request, other: Request) -> str:
        say = self._say
        words = {"right": say("right"), "repaired": say("wrong, but repaired"), "wrong": say("wrong")}
        if base.right == other.right or base.right is None or other.right is None:
            return ""
        return say("the answer is {other} instead of {base}", other=words[other.right], base=words[base.right])

    def _took(self, base: Request, other: Request) -> str:
        if base.hours is None or other.hours is None or abs(base.hours - other.hours) < _HOURS:
            return ""
        say = self._say
        return say(
            "it takes {other} instead of {base} hours", other=say.number(other.hours, 1), base=say.number(base.hours, 1)
        )

    def _felt(self, base: Request, other: Request) -> str:
        if base.experience is None or other.experience is None or abs(base.experience - other.experience) < _POINTS:
            return ""
        say = self._say
        return say(
            "it is experienced as {other} points instead of {base}",
            other=say.number(100.0 * other.experience, 1),
            base=say.number(100.0 * base.experience, 1),
        )
