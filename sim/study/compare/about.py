"""What a folder of a comparison is about: its scenarios and its seed, so that no other takes its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final, Self

from sim.scenario.problems import shown
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
from sim.study.folder import FolderError
from sim.study.manifest import files_written, read_manifest
from sim.study.unfinished import unfinished_about, workplace

KIND: Final = "comparison"


@dataclass(frozen=True, slots=True)
class About:
    """Scenarios by their names, the base first, each with its fingerprint, and the seed."""

    scenarios: tuple[tuple[str, str], ...]
    seed: int

    @classmethod
    def of(cls, scenarios: Sequence[Scenario], seed: int) -> Self:
        """What a comparison of these is about."""
        return cls(tuple((scenario.name, fingerprint(scenario)) for scenario in scenarios), seed)

    @classmethod
    def read(cls, said: Any) -> "About | None":
        """From a manifest or a mark; ``None`` if it says something else."""
        scenarios, seed = (said.get("scenarios"), said.get("seed")) if isinstance(said, dict) else (None, None)
        if not isinstance(scenarios, dict) or not scenarios or not isinstance(seed, int):
            return None
        marks = [item.get("sha256") if isinstance(item, dict) else None for item in scenarios.values()]
        known = tuple((name, mark) for name, mark in zip(scenarios, marks, strict=True) if isinstance(mark, str))
        return cls(known, seed) if len(known) == len(scenarios) else None

    def written(self) -> dict[str, Any]:
        """As ``read`` reads it."""
        return {"scenarios": {name: {"sha256": mark} for name, mark in self.scenarios}, "seed": self.seed}

    def lacks(self, earlier: "About") -> str:
        """What an earlier comparison has and this one has not, so that its report would be lost; nothing if all."""
        if earlier.seed != self.seed:
            return f"seed {earlier.seed}"
        if earlier.scenarios[0][0] != self.scenarios[0][0]:
            return f"{shown(earlier.scenarios[0][0])} as its base"
        for name, mark in earlier.scenarios:
            if name not in dict(self.scenarios):
                return shown(name)
            if (name, mark) not in self.scenarios:
                return f"another {shown(name)}: its file or its days have changed"
        return ""


def about_of(folder: Path) -> About | None:
    """What the comparison in a folder is about; ``None`` if the folder holds something else."""
    said = read_manifest(folder)
    return About.read(said) if said.get("kind") == KIND else None


def may_replace(about: About, report: str | None) -> Callable[[Path], None]:
    """A check for folders that a comparison may extend; ``report``: the file that it does not write anew, if any."""
    another = "name another folder with --out"

    def check(folder: Path) -> None:
        earlier = about_of(folder)
        if earlier is None:
            raise FolderError(f"{folder}: exists already and is no comparison: {another}")
        if lacking := about.lacks(earlier):
            raise FolderError(f"{folder}: holds a comparison with {lacking}, which would be lost: {another}")
        if report is not None and report in files_written(folder):
            raise FolderError(f"{folder}: has a report, which --no-report would take away: leave it out, or {another}")

    return check


def default_folder(parent: Path, scenarios: Sequence[Scenario], seed: int) -> Path:
    """The first of ``BASE-compared``, ``BASE-compared-2`` … that is free or is about the same, finished or not."""
    about = About.of(scenarios, seed)
    for number in count(1):
        folder = parent / (f"{scenarios[0].name}-compared" + (f"-{number}" if number > 1 else ""))
        finished = about_of(folder) if _is_taken(folder) else about
        unfinished = About.read(unfinished_about(folder)) if _is_taken(workplace(folder)) else about
        if finished == unfinished == about:
            return folder
    raise AssertionError  # numbers do not end


def _is_taken(folder: Path) -> bool:
    return folder.exists() or folder.is_symlink()
