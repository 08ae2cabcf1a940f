"""The plant as a network of queues, for benchmarks: no psychology, no decisions, no errors."""

from sim.scenario.load import load, with_days
from sim.scenario.schema import Scenario

SEED = 1


def network(days: int) -> Scenario:
    """The plant's people, work and requests, and nothing else."""
    plant = load("plant").model_dump(exclude_unset=True)
    plant |= {"psychology": "none", "management": {"decision_share": 0.0}, "practices": {}, "laws": {}}
    for department in plant["departments"]:
        department["right_first_time"] = 1.0
        department.pop("practices", None)
        department.pop("people", None)
    return with_days(Scenario.model_validate(plant), days)
