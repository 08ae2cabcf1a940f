"""How somebody was treated: respect, agility and care of one answer, within what whoever served was able to give."""

from typing import TYPE_CHECKING, NamedTuple

from sim.model import laws

if TYPE_CHECKING:
    from sim.model.job import Job
    from sim.scenario.parameters import Laws


class Treatment(NamedTuple):
    """What was shown, each in [0, 1], the experience that the three make, and what who served was able to bring."""

    respect: float
    agility: float
    care: float
    ceiling: float
    attitude: float
    experience: float


def treatment(job: "Job", delay_hours: float, keys: "Laws") -> Treatment:
    """How a finished job treats whoever asked for it, after ``delay_hours`` from asking to answer."""
    ceiling, attitude, manner = job.department.answers_for(job.person)
    respect = attitude * manner
    agility = laws.agility(delay_hours, job.acceptable_wait_hours, keys.agility_exponent)
    care = attitude * (1.0, keys.repaired_care, keys.wrong_care)[job.outcome]
    experience = laws.experience(respect, agility, care, keys.weight_respect, keys.weight_agility, keys.weight_care)
    if job.person is not None:
        job.person.shown += respect
        job.person.served += 1
    how = Treatment(respect, agility, care, ceiling, attitude, experience)
    job.treatment = how
    return how
