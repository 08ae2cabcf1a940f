"""The beginning of ``../messages.py``, compiled: a customer's word sets out. Its way is an errand."""

from sim.model.luck import RELAYED, SIDEWAYS
from sim.model.twin.errands import WORD, new_errand
from sim.model.twin.memory import nth, same
from sim.model.twin.source import compiled, derived, uniform
from sim.model.twin.things import Company, Department, Job


@compiled
def send(company: Company, purchase: Job, front: Department, about: Department) -> None:
    """As ``Messages.send``."""
    key = derived(purchase.key, RELAYED)
    about.tally.messages += 1
    own_team = same(front, about)
    way = 0
    common = 0
    if not (uniform(key, SIDEWAYS) < front.keys.practices.informal_communication or own_team or not company.managed):
        while not same(nth(front.keys.superiors, common).manager, nth(about.keys.superiors, common).manager):
            common += 1
        way = 2 * common + 1
    word = new_errand(company, WORD, key)
    word.front = front
    word.about = about
    word.asked_in = company.epoch
    word.way = way
    word.common = common
    word.intact = True
    word.began = company.now
    word.relays = (0 if own_team else way + 1) + (about.keys.relays if about.keys.bought else 0)
