"""Work that outlives an interruption: done in a folder beside the one that is wanted, and found there the next time.

A file in it, the mark, says that it is ours, what it is about, and whether it is complete. Only then is the folder
moved into place, with the mark, so that whenever a process is killed the next one can go on.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sim.study.folder import FolderError, made_for, remove_empty
from sim.study.foreign import carry_over
from sim.study.lock import HeldError, held
from sim.study.manifest import files_written
from sim.study.wanted import replaceable, whole

RUNS: Final = "runs"
"""The part of a folder of results that a later call may use again."""
_RUN: Final = "*.parquet"
_MARK: Final = ".unfinished"
_NEW_MARK: Final = ".unfinished.new"


def workplace(folder: Path) -> Path:
    """Where the work for a folder of results is done."""
    path = whole(folder)
    return path.with_name(f"{path.name}.unfinished") if path.name else path / ".unfinished"


def unfinished_about(folder: Path) -> Any:
    """What the unfinished work for a folder is about, as its mark says; ``None`` if it says nothing."""
    return _mark(workplace(folder)).get("about")


@contextmanager
def resumed(folder: Path, about: Mapping[str, Any], may_replace: Callable[[Path], None]) -> Iterator[Path]:
    """A folder to be filled, with the runs of earlier calls in it; it becomes ``folder`` when the block ends well.

    A ``folder`` that is there gives its runs and is replaced as a whole if ``may_replace`` raises no ``FolderError``;
    what is not ours in it stays. If the block is left by an error or the process is killed, new runs stay for the next
    call. ``about`` goes into the mark. ``FolderError`` before anything is done if all that cannot be.
    """
    final, place = replaceable(folder), workplace(folder)
    with _to_ourselves(final, place):
        _go_on(final, place)
        try:
            if final.exists():
                may_replace(final)
            _begin(place, about)
            _take_runs(final, place)
            yield place
            _write_mark(place, {"about": about, "complete": True})
        except BaseException:
            _give_up(final, place)
            raise
        _swap(final, place)


@contextmanager
def _to_ourselves(final: Path, place: Path) -> Iterator[None]:
    """No other process works for this folder; nor are its parents left empty."""
    made = made_for(final)
    try:
        with ExitStack() as stack:
            try:
                stack.enter_context(held(place.with_name(f"{place.name}.lock")))
            except HeldError as error:
                who = f"process {error.process}" if error.process else "another process"
                rule = f"is being filled by {who}: wait for it, or name another folder with --out"
                raise FolderError(f"{final}: {rule}") from None
            except OSError as error:
                raise FolderError(f"{final}: cannot be made: {error.strerror}") from None
            yield
    finally:
        remove_empty(made)


def _go_on(final: Path, place: Path) -> None:
    """Bring to its end what an earlier process had completed when it was killed."""
    if place.is_dir() and any(item.name != _NEW_MARK for item in place.iterdir()) and not (place / _MARK).is_file():
        raise FolderError(f"{place}: is in the way and not ours: move it, or name another folder with --out")
    if _mark(place).get("complete"):
        _swap(final, place)
    elif _mark(final).get("complete"):
        _settle(final)


def _begin(place: Path, about: Mapping[str, Any]) -> None:
    try:
        place.mkdir(exist_ok=True)
        _write_mark(place, {"about": about})
    except OSError as error:
        raise FolderError(f"{place}: cannot be made: {error.strerror}") from None
    _clear(place)


def _take_runs(final: Path, place: Path) -> None:
    (place / RUNS).mkdir(exist_ok=True)
    for name in _runs(final):
        shutil.copyfile(final / RUNS / name, place / RUNS / name)


def _give_up(final: Path, place: Path) -> None:
    """Leave nothing but runs that the folder of results has not."""
    if not place.is_dir():
        return
    _clear(place)
    if not _runs(place) - _runs(final):
        shutil.rmtree(place, ignore_errors=True)


def _clear(place: Path) -> None:
    """Leave nothing but runs that were written whole."""
    runs = _runs(place)
    for item in [*place.iterdir(), *(place / RUNS).glob("*")]:
        is_run = item.parent.name == RUNS and item.name in runs
        if is_run or (item.parent == place and item.name in {_MARK, RUNS} and not item.is_symlink()):
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item)
        else:
            item.unlink()


def _swap(final: Path, place: Path) -> None:
    """Put what is complete in the place of what was there, which comes back if that fails."""
    mark = _mark(place)
    old = final.with_name(f".{final.name}.{uuid4().hex[:8]}")
    if final.exists():
        _write_mark(place, mark | {"replaces": old.name})
        final.rename(old)
    try:
        place.rename(final)
    except BaseException:
        if old.exists() and not final.exists():
            old.rename(final)
        raise
    _settle(final)


def _settle(final: Path) -> None:
    """Take over what is not ours from what was replaced, and take that and the mark away."""
    name = str(_mark(final).get("replaces"))
    old = final.with_name(name) if re.fullmatch(rf"\.{re.escape(final.name)}\.[0-9a-f]{{8}}", name) else None
    if old is not None and old.is_dir():
        ours = {*files_written(old), "manifest.json", _MARK, *(f"{RUNS}/{run}" for run in _runs(old))}
        carry_over(old, final, ours)
        shutil.rmtree(old, ignore_errors=True)
    (final / _MARK).unlink(missing_ok=True)


def _runs(folder: Path) -> set[str]:
    """The names of the runs that a folder of results holds."""
    return {file.name for file in (folder / RUNS).glob(_RUN) if file.is_file()}


def _mark(folder: Path) -> dict[str, Any]:
    """What the mark in a folder says; nothing if there is none or it is no longer whole."""
    try:
        said = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _write_mark(folder: Path, said: Mapping[str, Any]) -> None:
    (folder / _NEW_MARK).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8", newline="\n")
    (folder / _NEW_MARK).replace(folder / _MARK)
