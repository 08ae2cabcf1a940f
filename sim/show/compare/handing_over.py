"""What a client is handed: the page, the workbook, the charts, and slides where the library for them is there."""

from collections.abc import Callable
from pathlib import Path

from sim.show.compare.content import document
from sim.show.compare.page import page
from sim.show.compare.slides import slides_can_be_made, write_slides
from sim.show.compare.workbook import write_workbook
from sim.study.compare.comparison import Comparison
from sim.study.compare.whatif import Assumptions
from sim.study.shell import shell_word

REPORT, WORKBOOK, SLIDES = "report.html", "results.xlsx", "slides.pptx"


def hand_over(
    comparison: Comparison, assumed: Callable[[], dict[str, Assumptions]], folder: Path, language: str
) -> None:
    """Write all of it into a folder that holds the tables and scenarios of the comparison."""
    found = document(comparison, assumed, command(comparison, language), language)
    (folder / REPORT).write_text(page(found), encoding="utf-8", newline="\n")
    write_workbook(found, folder / WORKBOOK)
    if slides_can_be_made():
        write_slides(found, folder / SLIDES)
    charts = folder / "charts"
    charts.mkdir()
    for picture in found.pictures:
        (charts / f"{picture.name}.png").write_bytes(picture.png)


def command(comparison: Comparison, language: str = "en") -> str:
    """What does a comparison again from the folder that it is in."""
    files = [shell_word(f"scenarios/{scenario.name}.yaml") for scenario in comparison.scenarios]
    options = [f"--replications {comparison.attempted}", f"--seed {comparison.seed}"]
    options += [f"--outcome {shell_word(outcome)}" for outcome in comparison.stated]
    options += [f"--zone {comparison.zone!r}"] if comparison.zone is not None else []
    return " ".join(["customer-chain compare", *files, *options, f"--lang {language}", "--out again"])
