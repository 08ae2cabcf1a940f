"""Work that outlives an interruption: done in a folder beside the one that is wanted, and found there the next time."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sim.study.folder import FolderError

RUNS = "runs"
"""The part of a folder of results that a later call may use again."""
_MARK = ".unfinished"
"""Only a folder with this file is ours to clear."""


def workplace(folder: Path) -> Path:
    """Where the work for a folder of results is done."""
    return folder.absolute().parent / f"{folder.name}.unfinished"


@contextmanager
def resumed(folder: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A folder to be filled, with the runs of an earlier call in it; it becomes ``folder`` when the block ends well.

    If the block is left by an error or the process is killed, its runs stay for the next call. A ``folder`` that is
    there and ``is_ours`` gives its runs and is replaced as a whole; ``FolderError`` if it is something else.
    """
    if folder.is_symlink() or (folder.exists() and not is_ours(folder)):
        raise FolderError(f"{folder}: exists already and is no comparison: name another folder with --out")
    place = workplace(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, UnicodeEncodeError) as error:
        raise FolderError(f"{str(folder)!a}: cannot be made: {getattr(error, 'strerror', error)}") from None
    if any(place.iterdir()) and not (place / _MARK).exists():
        raise FolderError(f"{place}: is in the way and not ours: move it, or name another folder with --out")
    (place / _MARK).touch()
    _clear(place)
    if folder.exists() and (folder / RUNS).is_dir():
        shutil.copytree(folder / RUNS, place / RUNS, dirs_exist_ok=True)
    try:
        yield place
    except BaseException:
        _clear(place)
        if not any(place.glob(f"{RUNS}/*")):
            shutil.rmtree(place, ignore_errors=True)
        raise
    (place / _MARK).unlink()
    old = place.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    if folder.exists():
        folder.rename(old)
    place.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _clear(place: Path) -> None:
    """Leave nothing but runs that were written whole."""
    for item in place.iterdir():
        if item.name == _MARK:
            continue
        if item.name == RUNS:
            for part in item.iterdir():
                if part.suffix != ".parquet":
                    part.unlink()
        elif item.is_dir():
            shutil.rmtree(item)
        else:
            item.unlink()
