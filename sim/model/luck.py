"""Luck by key: every random number is a pure function of whose it is, what it is for, and which occurrence.

Nothing is drawn in turn, so nothing depends on the order of events: the same customer has the same needs and the
same luck in every scenario that is compared, whatever else has changed. A key is 64 bits. Keys of things are made
from the keys of what they come from (replication > customer > purchase > request > request …), and the uniforms of
a thing from its key. Both use one step of the SplitMix64 generator at a chosen position of its sequence: an odd
multiple of the golden ratio is added and the sum is mixed by the finaliser of Stafford's thirteenth variant
(Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA).

Only integer arithmetic modulo 2⁶⁴ leads to a uniform: it is the same on every machine. The functions are scalar and
every constant has a name, so that a compiler can be given the same functions with unsigned constants; as they stand,
with signed ones, it would shift other bits in.
"""

from hashlib import blake2b
from typing import Final

MASK: Final = 0xFFFF_FFFF_FFFF_FFFF
GOLDEN: Final = 0x9E37_79B9_7F4A_7C15
FIRST_FACTOR: Final = 0xBF58_476D_1CE4_E5B9
SECOND_FACTOR: Final = 0x94D0_49BB_1331_11EB
FIRST_SHIFT: Final = 30
SECOND_SHIFT: Final = 27
THIRD_SHIFT: Final = 31
OCCURRENCES: Final = 256
"""Purposes are numbered below this; position in the sequence of a key = purpose + 256 · occurrence."""
DROPPED_BITS: Final = 12
HALF: Final = 0.5
STEP: Final = 2.0**-52

# What a draw is for. The numbers are part of the luck: a new purpose takes a new number, none is given twice.
HANDLING: Final = 1
NEED: Final = 2
RIGHT: Final = 3
NOTICED: Final = 4
DECISION: Final = 5
IMPORTANCE: Final = 6
DECIDING: Final = 7
GAP: Final = 8
FRONT: Final = 9
ARRIVAL: Final = 10
REQUEST: Final = 11
REPAIR: Final = 12
REPLICATION: Final = 13
DUTY: Final = 14
ERLANG_PHASE: Final = 15
POST: Final = 16
HOLDER: Final = 17
TEMPER: Final = 18
DISPOSITION: Final = 19
PRIVATE: Final = 20
LEAVING: Final = 21
ASKING: Final = 22
DECIDED: Final = 23
RELAYED: Final = 24
SIDEWAYS: Final = 25
STAYING: Final = 26
JOINING: Final = 27
SURVEY: Final = 28
COMPLAINT: Final = 29
FLAW: Final = 30
REVIEW: Final = 31
CONTACT: Final = 32
MEETING: Final = 33
TEAMWORK: Final = 34
MENDING: Final = 35
NEWCOMER: Final = 36
DISTORTED: Final = 37


def derived(key: int, purpose: int, occurrence: int = 0) -> int:
    """The key of the ``occurrence``-th thing that comes from a key for some purpose: 64 bits."""
    mixed = (key + (purpose + OCCURRENCES * occurrence) * GOLDEN) & MASK
    mixed = ((mixed ^ (mixed >> FIRST_SHIFT)) * FIRST_FACTOR) & MASK
    mixed = ((mixed ^ (mixed >> SECOND_SHIFT)) * SECOND_FACTOR) & MASK
    return mixed ^ (mixed >> THIRD_SHIFT)


def uniform(key: int, purpose: int, occurrence: int = 0) -> float:
    """A number strictly between 0 and 1, one of 2⁵² evenly spaced ones.

    The same as ``derived``, written out, since it is called several times for each request.
    """
    mixed = (key + (purpose + OCCURRENCES * occurrence) * GOLDEN) & MASK
    mixed = ((mixed ^ (mixed >> FIRST_SHIFT)) * FIRST_FACTOR) & MASK
    mixed = ((mixed ^ (mixed >> SECOND_SHIFT)) * SECOND_FACTOR) & MASK
    return (((mixed ^ (mixed >> THIRD_SHIFT)) >> DROPPED_BITS) + HALF) * STEP


def replication_key(seed: int, replication: int) -> int:
    """The key from which all luck of one replication comes."""
    return derived(derived(seed & MASK, REPLICATION), REPLICATION, replication)


def name_key(*words: str) -> int:
    """A key from names, the same on every machine. Names are what they are: no position enters."""
    return int.from_bytes(blake2b("\x1f".join(words).encode(), digest_size=8).digest(), "little")
