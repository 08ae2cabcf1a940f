"""All charts of the claims: one PNG for each claim, and one of the spiral beside B5.

Some need runs of their own; then ``findings.together`` lives through them, few in the quick form.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from matplotlib.figure import Figure

from sim.show.claims.cause import Pair, draw_cause, title
from sim.show.claims.cloud import draw_cloud
from sim.show.claims.crossover import draw_crossover
from sim.show.claims.lag import Followed, draw_lag
from sim.show.claims.layers import draw_layers
from sim.show.claims.reach import draw_reach
from sim.show.claims.relays import Heard, draw_relays
from sim.show.claims.ripple import draw_ripple
from sim.show.claims.sheet import About
from sim.show.claims.spiral import draw_spiral
from sim.show.claims.tickets import draw_tickets
from sim.show.claims.titles import claim_said
from sim.show.language import ENGLISH, Language
from sim.show.style import save
from sim.study.claims.cloud import clouds, variants
from sim.study.claims.crossover import contracted, crossover
from sim.study.claims.layers import layer_map
from sim.study.claims.relays import told
from sim.study.claims.ripple import ripple
from sim.study.claims.spiral import FRAGILE, STURDY, shock
from sim.study.claims.tickets import tickets
from sim.study.claims.verdict import Findings, Tried, company
from sim.study.lag import lag
from sim.study.paths import paths

SPIRAL: Final = "spiral"


class Runs(NamedTuple):
    """How much is simulated for charts that need runs of their own."""

    companies: int
    of_the_map: int
    of_shocks: int


QUICK, FULL = Runs(20, 1, 1), Runs(80, 4, 4)


def draw_claims(findings: Findings, folder: Path, say: Language = ENGLISH) -> None:
    """Draw the chart of every claim that was tried into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names(findings):
        save(draw_claim(findings, name, say), folder / f"{name}.png")


def names(findings: Findings) -> Iterator[str]:
    """What charts there are: the claims in order, and the spiral after B5."""
    for claim in dict.fromkeys(item.trial.claim for item in findings.tried):
        yield claim
        if claim == "B5":
            yield SPIRAL


def draw_claim(findings: Findings, name: str, say: Language = ENGLISH) -> Figure:
    """One chart."""
    if name == SPIRAL:
        return _spiral(findings, say)
    told_by = _Claim(findings, name, say)
    return _OWN.get(name, _cause)(told_by)


class _Claim:
    """A claim with all that its chart is drawn from."""

    def __init__(self, findings: Findings, claim: str, say: Language) -> None:
        self.say = say
        self.claim = claim
        self.tried = [item for item in findings.tried if item.trial.claim == claim]
        self.together = findings.together
        self.runs = QUICK if findings.quick else FULL

    @property
    def pairs(self) -> list[Pair]:
        """Its trials, with their companies and paths."""
        return [self.pair(item) for item in self.tried]

    def pair(self, found: Tried) -> Pair:
        """One of its trials."""
        trial = found.trial
        both = company(trial.base), company(trial.other)
        return Pair(found, *both, paths(self.together, both, trial.outcome, trial.level, trial.where))

    def about(self, runs: int, days: int) -> About:
        """What its chart is about, and how much was simulated for it."""
        return About(self.claim, claim_said(self.claim, self.tried, self.say), runs, self.together.seed, days)


def _cause(of: _Claim) -> Figure:
    pairs = of.pairs
    return draw_cause(of.about(min(len(pair.paths.base) for pair in pairs), pairs[0].base.days), pairs, of.say)


def _reach(of: _Claim) -> Figure:
    scenario = company("workshop")
    return draw_reach(of.about(0, 0), scenario, of.tried[0], of.say)


def _ripple(of: _Claim) -> Figure:
    pair = of.pairs[0]
    found = ripple(of.together, (pair.base, pair.other))
    about = of.about(len(pair.paths.base), pair.base.days)
    return draw_ripple(about, pair.base, found, of.say)


def _cloud(of: _Claim) -> Figure:
    base = company(of.tried[0].trial.base)
    companies = variants(base, of.runs.companies, of.together.seed)
    bound, free = clouds(of.together, companies)
    return draw_cloud(of.about(1, companies[0].days), base.laws, bound, free, of.say)


def _layers(of: _Claim) -> Figure:
    base = company(of.tried[0].trial.base)
    found = layer_map(of.together, base, of.runs.of_the_map)
    return draw_layers(of.about(of.runs.of_the_map, base.days), found, of.say)


def _relays(of: _Claim) -> Figure:
    pair = of.pairs[0]
    heard = []
    for scenario in (pair.base, pair.other):
        intact = of.together.values(scenario, "messages_intact_share", pair.found.effect.n).mean()
        heard.append(Heard(scenario, told(of.together, scenario), float(intact)))
    about = of.about(len(pair.paths.base), pair.base.days)
    return draw_relays(about, pair, (heard[0], heard[1]), of.say)


def _tickets(of: _Claim) -> Figure:
    pairs = {item.trial.outcome: self_pair for item, self_pair in zip(of.tried, of.pairs, strict=True)}
    if not {"avoided_share", "queue_hours", "customer_satisfaction"} <= set(pairs):
        return _cause(of)
    pair = pairs["avoided_share"]
    asked = tickets(of.together, (pair.base, pair.other), pair.found.trial.where)
    about = of.about(len(pair.paths.base), pair.base.days)
    return draw_tickets(about, pairs, asked, pair.where(of.say), of.say)


def _lag(of: _Claim) -> Figure:
    pairs = of.pairs
    days = [change.day for change in pairs[0].other.changes]
    if not days:
        return _cause(of)
    rows = [Followed(pair.found, lag(pair.paths, min(days), of.together.seed)) for pair in pairs]
    about = of.about(len(pairs[0].paths.base), pairs[0].base.days)
    return draw_lag(about, pairs[0].paths.days, min(days), rows, of.say)


def _crossover(of: _Claim) -> Figure:
    pair = of.pair(of.tried[0])
    inside, contract = pair.base, pair.other
    if not contracted(inside, contract):
        return _cause(of)
    runs = len(pair.paths.base)
    found = crossover(of.together, inside, contract, runs)
    return draw_crossover(of.about(runs, inside.days), pair, found, of.tried, of.say)


def _spiral(findings: Findings, say: Language) -> Figure:
    runs = QUICK if findings.quick else FULL
    both = company(STURDY), company(FRAGILE)
    sturdy, fragile = (shock(findings.together, scenario, runs.of_shocks) for scenario in both)
    about = About("B5", both[0].question.said(say.code), runs.of_shocks, findings.together.seed, both[0].days)
    return draw_spiral(about, (title(both[0], say), title(both[1], say)), (sturdy, fragile), say)


_OWN: Final[dict[str, Callable[[_Claim], Figure]]] = {
    "A1": _reach,
    "A3": _ripple,
    "A4": _cloud,
    "A7": _layers,
    "A11": _relays,
    "B4": _tickets,
    "B5": _lag,
    "B7": _crossover,
}
