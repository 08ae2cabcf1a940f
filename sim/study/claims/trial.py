"""A claim, and the pairs of companies that try it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.model.measures import COMPANY

Kind = Literal["cause", "structure", "depends"]
Keys = Mapping[str, float | int]


@dataclass(frozen=True, slots=True)
class Trial:
    """Two companies that differ in one thing, and which way (``sign``) an outcome of theirs must differ.

    ``base`` and ``other`` are files of ``scenarios/claims/``; what the other asks is the claim's sentence. With the
    keys of ``off`` the mechanism is switched off in both: then the outcome must not differ at all.
    ``quick`` is the number of pairs at which the effect was seen to be at least four standard errors; the full form
    takes ``replications``.
    """

    id: str
    base: str
    other: str
    outcome: str
    sign: int
    level: str = COMPANY
    where: str = ""
    off: Keys = field(default_factory=dict)
    quick: int = 4
    replications: int = 24

    @property
    def claim(self) -> str:
        """The claim that this tries: ``A5`` of ``A5.recognition``."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the product. A claim that depends has trials of both signs."""

    id: str
    kind: Kind
    trials: tuple[Trial, ...]
