"""The folder of results appears whole or not at all: it is filled under another name and moved into place."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4


class FolderError(ValueError):
    """A folder that cannot be written as asked."""


def free_folder(parent: Path, name: str) -> Path:
    """The first of ``parent/name``, ``parent/name-2``, ``parent/name-3`` … that is neither there nor being filled."""
    candidates = (parent / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(folder for folder in candidates if not folder.exists() and not any(parent.glob(f".{folder.name}.*")))


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A new empty folder to be filled; it becomes ``folder`` when the block ends well, and vanishes when it does not.

    ``FolderError`` before anything is done if ``folder`` exists or cannot be made.
    """
    if _is_there(folder):
        raise FolderError(f"{folder}: exists already; results are never written over: name another folder with --out")
    made = made_for(folder.absolute())
    staging = folder.absolute().parent / f".{folder.name}.{uuid4().hex[:8]}"
    try:
        staging.mkdir()
    except OSError as error:
        remove_empty(made)
        raise FolderError(f"{folder}: cannot be made: {error.strerror}") from None
    try:
        yield staging
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        remove_empty(made)
        raise


def made_for(folder: Path) -> list[Path]:
    """Make the folders around a folder, and tell which, innermost first; ``FolderError`` if they cannot be made."""
    made: list[Path] = []
    try:
        str(folder).encode()
        made += [parent for parent in folder.parents if not parent.exists()]
        folder.parent.mkdir(parents=True, exist_ok=True)
    except UnicodeEncodeError:
        raise FolderError(f"{folder.name!a}: is no name that can be written as UTF-8") from None
    except OSError as error:
        remove_empty(made)
        raise FolderError(f"{folder}: cannot be made: {error.strerror}") from None
    return made


def remove_empty(folders: list[Path]) -> None:
    """Take back the folders that were made on the way, innermost first."""
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists() or folder.is_symlink()
    except OSError as error:
        raise FolderError(f"{folder}: cannot be made: {error.strerror}") from None
