"""One process at a time: a lock file that the system itself frees when its holder ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_FAR: Final = 1 << 30
"""Windows locks bytes, and locked ones cannot be read: this one lies beyond the number of the process."""


class HeldError(Exception):
    """Another process holds the lock; ``process`` is its number, 0 if that is not known."""

    def __init__(self, process: int) -> None:
        super().__init__(f"held by process {process}")
        self.process = process


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold a lock file while the block runs; ``HeldError`` if it is held already, ``OSError`` if it cannot be made."""
    descriptor = _opened(file)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be deleted there
            os.close(descriptor)
            with suppress(OSError):
                file.unlink()
        else:
            file.unlink(missing_ok=True)
            os.close(descriptor)


def _opened(file: Path) -> int:
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        is_ours = _lock(descriptor)
        if is_ours and _is_at(file, descriptor):
            return descriptor
        process = 0 if is_ours else _process(descriptor)
        os.close(descriptor)
        if not is_ours:
            raise HeldError(process)
        # else its holder took the file away just before it was ours: there is another now, or none


def _lock(descriptor: int) -> bool:
    """Whether the lock is ours now; it is taken for ours where the file system knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - of that system

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl  # noqa: PLC0415 - of all others

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _is_at(file: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(file.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _process(descriptor: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with suppress(ValueError):
        return int(os.read(descriptor, 20))
    return 0
