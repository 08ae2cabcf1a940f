"""Other names for groups and people: the same name always becomes the same, and none can be told from its new one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from sim.study.calibrate.log import Log

HIDDEN: Final = {"group": "group", "person": "person", "requester": "requester"}


def pseudonymous(log: Log) -> tuple[Log, Mapping[str, str]]:
    """The log under other names, and by group's real name its new one. Numbers follow a hash, not alphabet or size."""
    names = dict(log.names)
    for role, word in HIDDEN.items():
        if role in names:
            names[role] = _renamed(names[role], word)
    groups = dict(zip(log.names["group"], names["group"], strict=True))
    understood = replace(log.understood, file="the log")
    mended = {
        rule: replace(found, places=[groups.get(place, place) for place in found.places])
        for rule, found in log.mended.items()
    }
    return replace(log, names=names, understood=understood, mended=mended), groups


def _renamed(names: Sequence[str], word: str) -> list[str]:
    order = sorted(range(len(names)), key=lambda place: sha256(names[place].encode()).digest())
    digits = len(str(len(names)))
    renamed = [""] * len(names)
    for number, place in enumerate(order):
        renamed[place] = f"{word} {number + 1:0{digits}d}"
    return renamed
