"""A small company and studies of it, as files; and how to carry one out."""

import json
from pathlib import Path
from typing import Any

from sim.study.sweep.asked import read_study
from sim.study.sweep.study import CarryOut, Found, Study, here

COMPANY = {
    "psychology": "none",
    "days": 5,
    "warm_up_days": 1,
    "market": {"customers": 40, "purchases_per_year": 50},
    "departments": [
        {"name": "front", "staff": 2, "handling_hours": 0.5},
        {"name": "back", "staff": 1, "handling_hours": 0.5},
    ],
    "links": [
        {"supplier": "front", "customer": "market"},
        {"supplier": "back", "customer": "front", "requests_per_job": 0.5},
    ],
    "management": {"decision_share": 0.2, "layers": 2},
}
FACTORS: dict[str, Any] = {
    "staff": {"key": "departments.front.staff", "range": [1, 3]},
    "delegation": {"key": "management.delegation", "range": [0.0, 1.0]},
}


def written(folder: Path, **keys: Any) -> Path:
    """A study file beside its base; JSON is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.yaml").write_text(json.dumps(COMPANY), encoding="utf-8")
    study = {
        "base": "small.yaml",
        "factors": FACTORS,
        "design": {"kind": "grid", "steps": 3},
        "responses": ["customer_delay_hours", {"outcome": "utilisation", "department": "front"}],
        "replications": 2,
    }
    file = folder / "study.yaml"
    file.write_text(json.dumps(study | keys, indent=1), encoding="utf-8")
    return file


def carried(file: Path, folder: Path, carry: CarryOut | None = None, **options: Any) -> Found:
    """The study of a file, here and one run after another unless told otherwise."""
    return Study(read_study(file)).carry_out(folder, carry or here(1), **options)
