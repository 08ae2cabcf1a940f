"""All charts of a run."""

from pathlib import Path

from sim.show.language import ENGLISH, Language
from sim.show.network import draw_network
from sim.show.purchase_time import draw_purchase_time
from sim.show.style import save
from sim.show.weeks import draw_weeks
from sim.study.results import Results

_CHARTS = {"network": draw_network, "purchase_time": draw_purchase_time, "weeks": draw_weeks}


def draw_all(results: Results, folder: Path, say: Language = ENGLISH) -> None:
    """Draw every chart of a run into a folder, which is made: one PNG each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in _CHARTS.items():
        save(draw(results, say), folder / f"{name}.png")
