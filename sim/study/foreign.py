"""What is not ours in a folder of results: the notes of a user, say. It goes where the folder goes, untouched."""

from collections.abc import Set as AbstractSet
from itertools import chain, count
from pathlib import Path


def carry_over(old: Path, new: Path, ours: AbstractSet[str], place: str = "") -> None:
    """Move all from one folder to another but the files of ours, which are named by their paths in it.

    What would lie where something of ours lies now gets a name of its own, such as ``report.html.kept``.
    """
    for item in sorted(old.iterdir()):
        name = f"{place}{item.name}"
        is_link = item.is_symlink()
        if name in ours and item.is_file() and not is_link:
            continue
        if item.is_dir() and not is_link and any(file.startswith(f"{name}/") for file in ours):
            carry_over(item, new / item.name, ours, f"{name}/")
            continue
        new.mkdir(parents=True, exist_ok=True)
        item.rename(_free(new / item.name))


def _free(wanted: Path) -> Path:
    endings = chain(["", ".kept"], (f".kept-{number}" for number in count(2)))
    paths = (wanted.with_name(wanted.name + ending) for ending in endings)
    return next(path for path in paths if not path.exists() and not path.is_symlink())
