"""How answers are felt, link by link: the distribution of experiences, and what it does to those who ask and serve.

An experience has three sources of chance: who serves (their attitude), how it turned out, and how long it took. Losses
weigh more than gains, so feelings need the distribution, not the mean: arrays are links × cases, each case with a
share.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.answers import Answers
from sim.model.array_laws import laws
from sim.model.conduct import Conduct
from sim.model.network import Network
from sim.model.queueing import Floats, Lognormal
from sim.model.work import Work

_LATE: Final = (np.arange(4) + 0.5) / 4
"""Of the answers that come late, which are looked at."""
_ALMOST_ALL: Final = 1.0 - 1e-12


@dataclass(frozen=True)
class Treatments:
    """By link (links × people × outcomes × delays, the last flattened): experiences and their shares.

    ``respect_and_agility``: the mean of what is remembered; ``agility`` its own mean.
    """

    experience: Floats
    shares: Floats
    remembered: Floats
    agility: Floats

    @property
    def mean(self) -> Floats:
        """Mean experience by link."""
        return np.asarray(np.sum(self.shares * self.experience, axis=1))

    def mean_of(self, values: Floats) -> Floats:
        """The mean of something that depends on the experience (links × cases)."""
        return np.asarray(np.sum(self.shares * values, axis=1))


def treatments(net: Network, people: Conduct, now: Work, known: Answers) -> Treatments:
    """What each link's answers are like."""
    keys, supplier = net.scenario.laws, net.links.supplier
    hours, hours_shares = _delays(net, known)
    agility = laws.agility(hours, net.links.acceptable[:, None], keys.agility_exponent)
    attitude = people.attitude[supplier]
    respect = attitude * people.manner[supplier, None]
    outcomes = np.stack([now.right, now.repaired, now.wrong], axis=1)
    care = attitude[:, :, None] * np.array([1.0, keys.repaired_care, keys.wrong_care])
    experience = laws.experience(
        respect[:, :, None, None],
        agility[:, None, None, :],
        care[:, :, :, None],
        keys.weight_respect,
        keys.weight_agility,
        keys.weight_care,
    )
    shares = np.empty_like(experience)
    shares[:] = people.people_share * outcomes[:, None, :, None] * hours_shares[:, None, None, :]
    memory = laws.remembered(0.0, respect[:, :, None], agility[:, None, :], 1.0)
    cases = len(supplier), -1
    return Treatments(
        experience=experience.reshape(cases),
        shares=shares.reshape(cases),
        remembered=np.asarray(np.sum(memory * hours_shares[:, None, :], axis=(1, 2)) * people.people_share),
        agility=np.asarray(np.sum(agility * hours_shares, axis=1)),
    )


def _delays(net: Network, known: Answers) -> tuple[Floats, Floats]:
    """Hours and their shares by link: one case in time, and for quick and slow answers some that are late."""
    acceptable = net.links.acceptable[:, None]
    hours, shares, in_time = [acceptable], [], np.zeros_like(acceptable)
    for mean, variance, share in (
        (known.quick, known.quick_variance, 1.0 - known.parked),
        (known.slow, known.slow_variance, known.parked),
    ):
        delay = Lognormal(mean[:, None], variance[:, None])
        soon = delay.within(acceptable)
        hours.append(np.maximum(delay.quantile(np.minimum(soon + (1.0 - soon) * _LATE, _ALMOST_ALL)), acceptable))
        shares.append(np.broadcast_to(share[:, None] * (1.0 - soon) / len(_LATE), hours[-1].shape))
        in_time = in_time + share[:, None] * soon
    return np.concatenate(hours, axis=1), np.concatenate([in_time, *shares], axis=1)
