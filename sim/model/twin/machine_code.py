"""The compiled loop, and where it is kept: in the user's cache, under the mark of the model that it was compiled from.

The compiler looks at one file only when it asks whether kept code is still good; the mark covers all that went into it.
"""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

import numba
from numba import njit

from sim.model.mark import model_mark
from sim.model.twin.company import advance
from sim.model.twin.source import OPTIONS

Loop: TypeAlias = Callable[[int, int, int], int]
_SIGNATURE: Final = "int64(uint64, int64, uint64)"
_KEPT_IN: Final = "CUSTOMER_CHAIN_CACHE"
"""The environment variable that names another folder."""
_one_at_a_time = threading.Lock()
_loops: dict[str, Loop] = {}


def loop(
    compiling: Callable[[], None] = lambda: None, compiled: Callable[[float], None] = lambda seconds: None
) -> Loop:
    """``advance`` as machine code.

    ``compiling`` is called before it has to be compiled, which takes a while once for each version, and ``compiled``
    after it with the seconds.
    """
    with _one_at_a_time:
        if _SIGNATURE not in _loops:
            folder = _folder()
            is_there = any(folder.rglob("*.nbi"))
            if not is_there:
                compiling()
            began = perf_counter()
            before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder)
            try:
                _loops[_SIGNATURE] = njit(_SIGNATURE, cache=True, **OPTIONS)(advance)
            finally:
                numba.config.CACHE_DIR = before
            if not is_there:
                compiled(perf_counter() - began)
        return _loops[_SIGNATURE]


def _folder() -> Path:
    """The first folder that can be written to: the one that is named, the user's cache, a temporary one."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where code is looked for

    whose = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    named = os.environ.get(_KEPT_IN)
    usual = (user_cache_path("customer-chain"), Path(tempfile.gettempdir()) / f"customer-chain-{whose}")
    for root in (Path(named),) if named else usual:
        folder = root / f"{model_mark()[:16]}-{numba.__version__}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise OSError(f"{named or usual[0]}: compiled code cannot be kept there: name a folder in {_KEPT_IN}")
