"""How many of the people who were seen are there for this work: where nobody is busy and yet jobs wait, few are.

A team of a hundred whose tickets fill a tenth of their time has other work, or is many small teams. As many are counted
as make the waits what they are, by the queueing formula of the mean field.
"""

from typing import Final

import numpy as np

from sim.model.calendar import HOURS_PER_DAY
from sim.model.queueing import chance_to_wait
from sim.study.calibrate.estimates import DepartmentFound

_IDLE: Final = 0.3
"""Choice: who is at these jobs for a third of the time or more is there for them, only busier than it seems."""
_MOST_LOAD: Final = 0.95
_LEAST_FACTOR: Final = 0.1
_MOST_FACTOR: Final = 3.0
_FLOOR_HOURS: Final = 0.02


def busy_enough(part: DepartmentFound, wait_hours: float, people: int, days: int) -> float:
    """The factor on the hours of a job with which so many people would keep it in line for so long, within .1 to 3."""
    offered = part.load * part.staff.value / people
    factors = np.geomspace(_LEAST_FACTOR, max(_LEAST_FACTOR, min(_MOST_FACTOR, _MOST_LOAD / max(offered, 1e-9))), 200)
    load = factors * offered
    busy = chance_to_wait(np.full_like(load, float(people)), load)
    spread = part.handling_spread.value if part.handling_spread.count else 1.0
    hours = load * people / (part.jobs / (days * HOURS_PER_DAY))
    foretold = busy * hours * (1.0 + spread**2) / (2.0 * people * (1.0 - load))
    return float(factors[np.argmin(np.abs(np.log(foretold + _FLOOR_HOURS) - np.log(wait_hours + _FLOOR_HOURS)))])


def available(part: DepartmentFound, wait_hours: float, days: int) -> int:
    """People of a department who are there for its jobs, from the hours that these are in line."""
    staff = max(1, round(part.staff.value))
    offered = part.load * part.staff.value
    if staff == 1 or not part.handling_hours.count or offered <= 0.0:
        return staff
    rate = part.jobs / (days * HOURS_PER_DAY)
    spread = part.handling_spread.value if part.handling_spread.count else 1.0
    people = np.arange(min(staff, max(1, int(np.ceil(offered / _MOST_LOAD)))), staff + 1, dtype=np.float64)
    load = np.minimum(offered / people, _MOST_LOAD)
    busy = chance_to_wait(people, load)
    foretold = busy * (offered / rate) * (1.0 + spread**2) / (2.0 * people * (1.0 - load))
    if load[-1] >= _IDLE or foretold[-1] >= wait_hours:
        return staff
    return int(people[np.argmin(np.abs(np.log(foretold + 1e-6) - np.log(wait_hours + 1e-6)))])
