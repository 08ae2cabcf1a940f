"""The folder that somebody wants results in, looked at before anything is done."""

import os
from pathlib import Path

from sim.study.folder import FolderError


def whole(folder: Path) -> Path:
    """The path of a folder from the root on, whatever is typed and wherever one stands later."""
    return Path(os.path.realpath(folder))


def replaceable(folder: Path) -> Path:
    """The whole path of a folder that may be made or replaced; ``FolderError`` if its place does not allow that."""
    another = "name another folder with --out"
    try:
        if folder.is_symlink():
            raise FolderError(f"{folder}: is a link, to {folder.readlink()}: name the folder itself with --out")
        path = whole(folder)
        if path.exists() and Path.cwd().is_relative_to(path):
            raise FolderError(f"{folder}: is the folder in which you stand, or one around it: {another}")
        if os.path.ismount(path):
            raise FolderError(f"{folder}: is a disk or a mounted folder, which cannot be replaced: {another}")
    except UnicodeEncodeError:
        raise FolderError(f"{folder.name!a}: is no name that can be written as UTF-8") from None
    except OSError as error:
        raise FolderError(f"{str(folder)!a}: cannot be made: {error.strerror}") from None
    return path
