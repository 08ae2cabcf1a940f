"""What is needed to do a piece of work again: scenarios, seed, options, versions, counts, seconds."""

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sim.model.engines import Engine

_MANIFEST: Final = "manifest.json"
_LIBRARIES: Final = ("customer-chain", "simpy", "numba", "networkx", "numpy", "pandas", "pyarrow", "scipy")


def write_manifest(  # noqa: PLR0913, PLR0917 - what it names
    folder: Path,
    scenarios: Mapping[str, Mapping[str, str]],
    seed: int,
    options: Mapping[str, Any],
    counts: Mapping[str, int],
    seconds: float | None = None,
    engine: Engine = "fast",
    **more: Any,
) -> None:
    """Write ``manifest.json`` into a folder of results."""
    manifest = {
        "scenarios": dict(scenarios),
        "seed": seed,
        **more,
        "options": dict(options),
        "engine": engine,
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
        "platform": platform.platform(),
        "counts": dict(counts),
    }
    if seconds is not None:
        manifest["seconds"] = round(seconds, 3)
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / _MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest in a folder says; nothing if there is none, or it is no such file."""
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def files_written(folder: Path) -> set[str]:
    """The files in a folder that were written with its manifest, as that says."""
    files = read_manifest(folder).get("files")
    return {file for file in files if isinstance(file, str)} if isinstance(files, list) else set()
