"""The folder of a study: whose it is, that nobody else works in it, and what is needed to do it again."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sim.model.engines import Engine
from sim.model.mark import model_mark
from sim.scenario.writing import as_yaml, fingerprint
from sim.study.folder import FolderError, made_for, remove_empty
from sim.study.lock import HeldError, held
from sim.study.manifest import write_manifest
from sim.study.sweep.asked import Asked, plain

RUNS: Final = "runs"
_MARK: Final = "study.json"


@contextmanager
def owned(folder: Path, about: Mapping[str, Any]) -> Iterator[None]:
    """The folder is made if it is not there, is this study's, and no other process works in it meanwhile.

    ``about`` is what tells one study's runs from another's. ``FolderError`` if it is somebody else's.
    """
    mark = folder / _MARK
    try:
        is_new = not folder.exists() or not any(folder.iterdir())
        said = {} if is_new else _said(mark)
        if not is_new and said.get("about") != about:
            raise FolderError(f"{folder}: {_difference(said.get('about'), about)}; name another with --out")
        made = [*([] if folder.exists() else [folder]), *made_for(folder.absolute())]
        folder.mkdir(exist_ok=True)
        try:
            with held(folder / ".lock"):
                _write_text(mark, json.dumps({"about": about}, indent=2, ensure_ascii=False) + "\n")
                yield
        finally:
            if is_new and not any((folder / RUNS).glob("*.parquet")):  # nothing came of it
                mark.unlink(missing_ok=True)
                remove_empty([folder / RUNS, *made])
    except HeldError as error:
        who = f"process {error.process}" if error.process else "another process"
        raise FolderError(f"{folder}: is being filled by {who}: wait for it, or name another with --out") from None


def describe(folder: Path, asked: Asked, engine: Engine, counts: Mapping[str, int]) -> None:
    """Write the study file, the base as a whole, and the manifest, which says how many runs of what there are."""
    base = asked.base
    _write_text(folder / "base.yaml", as_yaml(base))
    shutil.copyfile(asked.path, folder / "study.yaml.new")
    (folder / "study.yaml.new").replace(folder / "study.yaml")
    write_manifest(
        folder,
        {base.name: {"file": "base.yaml", "sha256": fingerprint(base)}},
        asked.question.seed,
        plain(asked.question),
        dict(counts),
        None,
        engine,
        model=model_mark(),
    )


def _said(mark: Path) -> dict[str, Any]:
    try:
        said = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _difference(theirs: Any, ours: Mapping[str, Any]) -> str:
    """Why a folder is not this study's."""
    if not isinstance(theirs, dict):
        return "is not empty, and holds no study"
    words = {
        "base": "another base (or other days of it)",
        "factors": "other factors",
        "kinds": "other factors",
        "outcomes": "other responses",
    }
    found = [words.get(key, f"another {key}") for key in ours if theirs.get(key) != ours[key]]
    return f"holds a study with {' and '.join(dict.fromkeys(found))}"


def _write_text(file: Path, text: str) -> None:
    written = file.with_name(f".{file.name}.{uuid4().hex[:8]}")
    written.write_text(text, encoding="utf-8", newline="\n")
    written.replace(file)
