"""What customers say, on its way through the company: it climbs and descends through people, or goes sideways.

Each relay takes time, and may distort or lose it; bad news climbs badly to those who blame. Only what arrives intact
can mend a flaw.
"""

from typing import TYPE_CHECKING

from sim.model import laws, luck, moment
from sim.model.job import Life
from sim.model.luck import derived, uniform
from sim.model.moment import Moment

if TYPE_CHECKING:
    from sim.model.company import Company
    from sim.model.department import Department
    from sim.model.job import Job
    from sim.scenario.schema import Scenario


class Messages:
    """The words of customers that are under way."""

    def __init__(self, company: "Company", scenario: "Scenario") -> None:
        self._company = company
        self.change(scenario)

    def change(self, scenario: "Scenario") -> None:
        """Words that set out from now on travel as this scenario says."""
        self._laws = scenario.laws
        self._relay_hours = scenario.management.relay_hours

    def send(self, purchase: "Job", front: "Department", about: "Department") -> None:
        """A customer says something to the front line about a department that failed on a purchase."""
        key = derived(purchase.key, luck.RELAYED)
        about.tally.messages += 1
        if uniform(key, luck.SIDEWAYS) < front.practices.informal_communication:
            way: tuple[str, ...] = ()
        else:
            way = self._company.management.way(front.name, about.name)
        self._company.env.process(self._travel(key, way, front, about))

    def _travel(self, key: int, way: tuple[str, ...], front: "Department", about: "Department") -> Life:
        keys, company = self._laws, self._company
        began = company.env.now
        intact = True
        more = about.contract.relays if about.contract is not None else 0
        own_team = front is about
        for relay in range((not own_team) * (len(way) + 1) + more):
            if self._relay_hours > 0.0:
                yield Moment(company.env, self._relay_hours, moment.RELAY, key)
            manager = way[relay] if relay < len(way) else None
            kept = laws.relayed(keys.message_kept, keys.fear, company.management.style_of(manager) if manager else 0.0)
            if not way and not own_team and relay == 0:
                kept = keys.message_kept_sideways
            if uniform(key, luck.RELAYED, relay) >= kept:
                if uniform(key, luck.DISTORTED, relay) >= keys.message_distorted:
                    about.tally.messages_lost += 1
                    return
                intact = False
            if manager is not None and keys.message_hours > 0.0:
                yield from company.management.managers[manager].work(keys.message_hours, moment.DECIDING, key)
        tally = about.tally
        tally.messages_intact += intact
        tally.messages_distorted += not intact
        tally.message_hours += company.env.now - began
        about.hear(intact, key)
