"""What is needed to do a piece of work again: scenarios, seed, options, versions, counts, seconds."""

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sim.model.engines import Engine

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
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8", newline="\n")
