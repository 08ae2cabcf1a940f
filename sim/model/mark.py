"""Which model this is: a run, or compiled code, of another model is not this model's."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def model_mark() -> str:
    """SHA-256 of the model's own source."""
    from sim import model, scenario  # noqa: PLC0415 - they hold this module

    digest = hashlib.sha256()
    for package in (scenario, model):
        [folder] = package.__path__
        for file in sorted(Path(folder).rglob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
