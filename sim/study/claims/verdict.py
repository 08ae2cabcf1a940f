"""Trying claims: pairs on common luck, their difference with its interval, and what is left with the mechanism off."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.model.engines import Engine
from sim.model.graph import company_graph, distances
from sim.scenario.dated import altered
from sim.scenario.load import load, with_days
from sim.scenario.part import Words
from sim.scenario.problems import shown
from sim.scenario.schema import Scenario
from sim.scenario.shipped import shipped
from sim.study.claims.catalogue import CLAIMS
from sim.study.claims.trial import Claim, Trial
from sim.study.together import Difference, Together

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["shown", "not shown", "depends"]
DAYS_OFF = 60
"""Choice: with the mechanism off the two companies are the same, day by day; so many days are enough to see it."""


class UnknownClaimError(ValueError):
    """A claim that nobody made."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one trial found: the effect of the other company against the base, and with the mechanism off."""

    trial: Trial
    sentence: Words
    effect: Difference
    unit: str
    verdict: Verdict
    off: float | None
    """The effect with the mechanism switched off; ``None`` where nothing could switch it off."""


@dataclass(frozen=True)
class Findings:
    """All that was tried, with the runs it rests on."""

    tried: tuple[Tried, ...]
    together: Together
    quick: bool
    folder: Path | None = None

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The companies of all pairs, each once, sorted by name; those with a mechanism switched off are left out."""
        names = {name for item in self.tried for name in (item.trial.base, item.trial.other) if name}
        return tuple(company(name) for name in sorted(names))

    @property
    def runs(self) -> Iterator[tuple[Scenario, int]]:
        """Each run of these companies: scenario and replication."""
        for scenario in self.scenarios:
            yield from ((scenario, number) for number in self.together.replications(scenario))

    def table(self) -> "pd.DataFrame":
        """Tidy, as ``claims.csv``: id, effect, low, high, unit, n, verdict, neutral_parameter, neutral_effect."""
        import pandas as pd  # noqa: PLC0415 - takes a while to load

        rows = [
            (
                item.trial.id,
                item.effect.mean,
                item.effect.low,
                item.effect.high,
                item.unit,
                item.effect.n,
                item.verdict,
                "; ".join(f"{key}={value:g}" for key, value in item.trial.off.items()),
                item.off,
            )
            for item in self.tried
        ]
        names = ["id", "effect", "low", "high", "unit", "n", "verdict", "neutral_parameter", "neutral_effect"]
        return pd.DataFrame(rows, columns=names)


def chosen(ids: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of these ids, all without any; ``UnknownClaimError`` names what is none."""
    known = {claim.id: claim for claim in CLAIMS}
    for wanted in ids:
        if wanted.upper() not in known:
            raise UnknownClaimError(f"{shown(wanted)}: there is no such claim; these are: {', '.join(known)}")
    return tuple(claim for claim in CLAIMS if not ids or claim.id in {wanted.upper() for wanted in ids})


def company(name: str) -> Scenario:
    """A company of ``scenarios/claims/``."""
    return load(shipped()[f"claims/{name}"])


def off(trial: Trial) -> tuple[Scenario, Scenario]:
    """The two companies of a trial with its mechanism switched off, for as many days as show it, the same for both."""
    pair = company(trial.base), company(trial.other)
    last = max((change.day for scenario in pair for change in scenario.changes), default=0)
    base, other = (with_days(altered(scenario, trial.off), last + DAYS_OFF) for scenario in pair)
    return base, other


def try_claims(  # noqa: PLR0913 - one argument for each option of the command
    claims: Sequence[Claim],
    seed: int = 1,
    *,
    quick: bool = False,
    replications: int | None = None,
    jobs: int | None = None,
    progress: Callable[[float], None] | None = None,
    engine: Engine = "fast",
) -> Findings:
    """Try claims, each pair on common luck; ``quick`` with fewer replications. ``progress`` gets the share done."""
    together = Together(seed, jobs, progress, engine=engine)
    trials = [trial for claim in claims for trial in claim.trials]
    pairs = {trial.id: (company(trial.base), company(trial.other)) for trial in trials}
    counts = {trial.id: replications or (trial.quick if quick else trial.replications) for trial in trials}
    wanted = [(scenario, counts[trial.id]) for trial in trials for scenario in pairs[trial.id]]
    wanted += [(scenario, 1) for trial in trials if trial.off for scenario in off(trial)]
    together.live(wanted)
    tried: list[Tried] = []
    for claim in claims:
        tried += _tried(claim, [_try(trial, pairs[trial.id], counts[trial.id], together) for trial in claim.trials])
    return Findings(tuple(tried), together, quick)


def _try(trial: Trial, pair: tuple[Scenario, Scenario], n: int, together: Together) -> Tried:
    base, other = pair
    effect = together.difference(base, other, trial.outcome, n, trial.level, trial.where)
    without: float | None = None
    if trial.off:
        without = together.difference(*off(trial), trial.outcome, 1, trial.level, trial.where).mean
    verdict: Verdict = "shown" if effect.is_beyond_zero(trial.sign) else "not shown"
    unit = together.unit(base, trial.outcome, trial.level, trial.where)
    return Tried(trial, other.question, effect, unit, verdict, without)


def _tried(claim: Claim, found: list[Tried]) -> Iterator[Tried]:
    """What a claim's trials say together: one that depends does so only if each of its signs is seen."""
    if not claim.trials:
        yield everybody_serves()
    depends = claim.kind == "depends" and all(item.verdict == "shown" for item in found)
    for item in found:
        yield Tried(item.trial, item.sentence, item.effect, item.unit, "depends" if depends else item.verdict, item.off)


def everybody_serves() -> Tried:
    """A1: in every company that ships, the share of departments from which a path leads to the customer."""
    companies = [load(path) for name, path in shipped().items() if "/" not in name]
    reach = [len(distances(company_graph(scenario))) - 1 for scenario in companies]
    count = [len(scenario.departments) for scenario in companies]
    share = sum(reach) / sum(count)
    sentence = Words(
        en="Everyone has customers, the janitor and finance too.",
        es="Todos tienen clientes, también la limpieza y finanzas.",
    )
    trial = Trial("A1", "", "", "departments on a path", 1)
    verdict: Verdict = "shown" if share == 1.0 else "not shown"
    return Tried(trial, sentence, Difference(share, share, share, sum(count)), "share", verdict, None)
