"""Every claim gets its chart, whatever was found, and nothing on it is cut."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

from sim.show.claims.charts import SPIRAL, draw_claim, draw_claims, names
from sim.show.language import speaking
from sim.show.style import HEIGHT, WIDTH, look, save
from sim.study.claims.verdict import Findings
from tests.show.claims.pretend import Outcome, pretended


@cache
def findings(outcome: Outcome) -> Findings:
    return pretended(outcome)


NAMES = list(names(pretended("as claimed")))
DIFFERENT = ("A2", "A5", "A11", "B4", "B5", "B7")
"""Those whose charts look or read differently where luck hides what was claimed."""


def title_of(sheet: Figure) -> str:
    return next(text for text in sheet.texts if text.get_weight() == "bold").get_text().replace("\n", " ")


def test_there_is_a_chart_for_every_claim_and_one_of_the_spiral() -> None:
    assert len(NAMES) == 22
    assert NAMES.index(SPIRAL) == NAMES.index("B5") + 1


@pytest.mark.parametrize(
    ("name", "outcome", "code"),
    [(name, "as claimed", "es") for name in NAMES] + [(name, "hidden by luck", "en") for name in DIFFERENT],
)
def test_nothing_on_a_chart_is_cut(tmp_path: Path, name: str, outcome: Outcome, code: str) -> None:
    sheet = draw_claim(findings(outcome), name, speaking(code))
    with look():
        sheet.draw_without_rendering()
        for text in sheet.findobj(Text):
            if text.get_text().strip() and text.get_visible() and text.get_clip_on() is False:
                box = text.get_window_extent()
                assert 0 < box.x0 < box.x1 < WIDTH, text.get_text()
                assert 0 < box.y0 < box.y1 < HEIGHT, text.get_text()
    assert "{" not in title_of(sheet)
    assert not title_of(sheet).endswith("…")
    save(sheet, tmp_path / "chart.png")
    pixels = imread(tmp_path / "chart.png")
    assert pixels.shape[:2] == (1080, 1920)
    edge = np.concatenate([pixels[:, :4, :3].ravel(), pixels[:, -4:, :3].ravel(), pixels[-4:, :, :3].ravel()])
    assert edge.min() == 1


def test_a_folder_holds_the_charts_of_what_was_tried(tmp_path: Path) -> None:
    all_of_them = findings("as claimed")
    some = Findings(
        tuple(item for item in all_of_them.tried if item.trial.claim in {"A2", "A9"}), all_of_them.together, True
    )
    draw_claims(some, tmp_path / "charts")
    assert {path.name for path in (tmp_path / "charts").iterdir()} == {"A2.png", "A9.png"}


def test_pyplot_is_never_loaded() -> None:
    program = "import sys, sim.show.claims.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
