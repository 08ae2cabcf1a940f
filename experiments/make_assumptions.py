"""Write ``experiments/assumptions/study.yaml``: all parameters that are a choice, a quarter less to a quarter more.

python experiments/make_assumptions.py
"""

import json
from pathlib import Path

from annotated_types import Le

from sim import load
from sim.scenario.parameters import Laws

STEP = 0.25
WEIGHTS = {"weight_respect", "weight_agility", "weight_care"}
"""They sum to 1, so none moves alone."""
HEAD = """\
name: assumptions
title:
  en: Which of the numbers that nobody measured matters most?
  es: ¿Cuál de los números que nadie ha medido importa más?
base: plant
design: {kind: morris, trajectories: 8, seed: 1}
responses: [customer_satisfaction, profit, morale]
replications: 2
budget: {hours: 2}
factors:
"""


def main() -> None:
    laws = load("plant").laws
    lines = []
    for name, field in Laws.model_fields.items():
        about, value = field.json_schema_extra, getattr(laws, name)
        is_choice = isinstance(about, dict) and about["confidence"] == "choice"
        if not is_choice or not isinstance(value, float) or not value or name in WEIGHTS:
            continue
        most = min((float(item.le) for item in field.metadata if isinstance(item, Le)), default=float("inf"))
        ends = sorted((round((1 - STEP) * value, 6), round(min((1 + STEP) * value, most), 6)))
        lines.append(f"  {name}: {{key: laws.{name}, range: {json.dumps(ends)}}}\n")
    Path(__file__).with_name("assumptions").joinpath("study.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
