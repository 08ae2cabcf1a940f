"""The claims: each cause has its effect, in the direction that is claimed, and none with its mechanism switched off.

Fixed seed. A direction is believed when the paired 95 % interval excludes zero; the pairs are as many as make the
effect at least four standard errors. That it holds with other seeds too: ``experiments/claims/``.
"""

import pytest

from sim.model.graph import company_graph, distances
from sim.scenario.load import load
from sim.scenario.shipped import shipped
from sim.study.claims.catalogue import CLAIMS, SATISFACTION
from sim.study.claims.trial import Trial
from sim.study.claims.verdict import UnknownClaimError, chosen, company, off, try_claims
from sim.study.together import Together

TRIALS = {trial.id: trial for claim in CLAIMS for trial in claim.trials}
SWITCHED = {name: trial for name, trial in TRIALS.items() if trial.off}
PAIRS = {f"{trial.base}, {trial.other}": (trial.base, trial.other) for trial in TRIALS.values()}


@pytest.fixture(scope="module")
def lived() -> Together:
    """What has been lived through once serves all pairs in which it occurs."""
    return Together(1, jobs=1)


@pytest.mark.parametrize("name", SWITCHED)
def test_without_its_mechanism_a_claim_has_exactly_no_effect(name: str) -> None:
    trial = SWITCHED[name]
    together = Together(3, jobs=1)
    pair = off(trial)
    together.live((scenario, 1) for scenario in pair)
    first, second = (together.values(scenario, trial.outcome, 1, trial.level, trial.where)[0] for scenario in pair)
    # In B2.care and B3 other people serve at other times; the outcome is the same but for the order of a sum.
    assert first == (pytest.approx(second, abs=0.01) if name in {"B2.care", "B3"} else second)


@pytest.mark.parametrize("name", PAIRS)
def test_a_claim_has_its_effect(name: str, lived: Together) -> None:
    trials = [trial for trial in TRIALS.values() if (trial.base, trial.other) == PAIRS[name]]
    base, other = (company(file) for file in PAIRS[name])
    lived.live((scenario, max(trial.quick for trial in trials)) for scenario in (base, other))
    for trial in trials:
        effect = lived.difference(base, other, trial.outcome, trial.quick, trial.level, trial.where)
        assert effect.is_beyond_zero(trial.sign), (trial.id, effect)


def test_a_claim_that_depends_is_tried_with_both_signs() -> None:
    depends = [claim for claim in CLAIMS if claim.kind == "depends"]
    assert {claim.id for claim in depends} == {"A7", "A10", "B7", "B8"}
    for claim in depends:
        assert {trial.sign for trial in claim.trials if trial.outcome == SATISFACTION} == {1, -1}


def test_everybody_has_customers() -> None:
    for name, path in shipped().items():
        scenario = load(path)
        assert set(distances(company_graph(scenario))) == {"market", *scenario.department_names}, name


def test_a_pair_differs_in_one_thing_and_asks_in_both_languages() -> None:
    for trial in TRIALS.values():
        base, other = company(trial.base), company(trial.other)
        assert base.departments != other.departments or base != other
        assert other.question.en
        assert other.question.es


def test_a_claim_that_nobody_made_is_named() -> None:
    with pytest.raises(UnknownClaimError, match="Z9"):
        chosen(["Z9"])


def test_a_table_says_what_was_tried_and_jobs_in_parallel_give_the_same() -> None:
    serial, parallel = (try_claims(chosen(["a9"]), quick=True, replications=2, jobs=jobs) for jobs in (1, 2))
    assert serial.table().equals(parallel.table())
    [row] = serial.table().to_dict("records")
    assert (row["id"], row["n"], row["neutral_effect"]) == ("A9", 2, 0.0)


def test_the_days_with_a_mechanism_off_reach_beyond_the_changes() -> None:
    trial = Trial("x", "b05-same-chief", "b05-authoritarian-chief", "morale", -1)
    assert [scenario.days for scenario in off(trial)] == [120, 120]
