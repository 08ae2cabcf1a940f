"""What a study's runs say: a table and a chart for each question that its design answers."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from matplotlib.figure import Figure

from sim.model.engines import Engine
from sim.show.language import Language
from sim.show.style import look, save, sentence_of
from sim.show.sweep.charts import (
    draw_differences,
    draw_effects,
    draw_indices,
    draw_regret,
    draw_screening,
    draw_together,
)
from sim.show.sweep.learnt import draw_discovered, draw_surrogate
from sim.show.sweep.tipping import draw_tipping, draw_warned
from sim.study.sweep.discovery import discovered
from sim.study.sweep.robust import regret
from sim.study.sweep.sensitivity import differences, interactions, main_effects, morris_table, sobol_indices
from sim.study.sweep.study import Found, StudyError
from sim.study.sweep.surrogate import ENOUGH, Surrogate, surrogate
from sim.study.sweep.tipping import Tipping, Warned, tipping, warned

if TYPE_CHECKING:
    import pandas as pd

Drawn: TypeAlias = tuple["pd.DataFrame", Callable[[], Figure] | None]
Piece: TypeAlias = tuple[str, Callable[[], Drawn]]
"""The name of its files, and what makes the table and, where there is one, the chart."""


def analyse(  # noqa: PLR0913, PLR0917 - of what, where, in which language, and how the rest is simulated
    found: Found, folder: Path, say: Language, engine: Engine, jobs: int, told: Callable[[str], None]
) -> tuple[str, ...]:
    """Write each table and chart, and give the charts' sentences.

    What cannot be had, since runs failed, say, is told in ``notes.txt``.
    """
    folder.mkdir(exist_ok=True)
    pieces = [
        piece for response in found.asked.question.responses for piece in _of_response(found, response.column, say)
    ]
    if found.asked.question.design.kind == "tipping":
        pieces += _of_tipping(found, say, engine, jobs, told)
    if found.asked.question.discover is not None:
        pieces.append(("discovered", lambda: _discovered(found, say)))
    notes, sentences = [], []
    for name, make in pieces:
        try:
            table, draw = make()
        except StudyError as error:
            notes.append(str(error))
            continue
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        if draw is not None:
            with look():
                sheet = draw()
            save(sheet, folder / f"{name}.png")
            sentences.append(sentence_of(sheet))
    (folder / "notes.txt").unlink(missing_ok=True)
    if notes:
        text = "\n".join(dict.fromkeys(notes)) + "\n"
        (folder / "notes.txt").write_text(text, encoding="utf-8", newline="\n")
    return tuple(sentences)


def _of_response(found: Found, response: str, say: Language) -> Iterator[Piece]:
    """What moves a response, what two factors do together, and which decision is safe."""
    design, name = found.asked.question.design, response.replace(" ", "-").replace(">", "-to-")

    def moves() -> Drawn:
        match design.kind:
            case "sobol_indices" if found.designed.shares is not None:
                table, draw = sobol_indices(found, response), draw_indices
            case "morris" if found.designed.shares is not None:
                table, draw = morris_table(found, response), draw_screening
            case "one_at_a_time":
                table, draw = differences(found, response), draw_differences
            case _:
                table, draw = main_effects(found, response), draw_effects
        return table, lambda: draw(found, response, table, say)

    def together() -> Drawn:
        table = interactions(found, response)
        return table, lambda: draw_together(found, response, table, say)

    def safe() -> Drawn:
        table = regret(found, response)
        return table, lambda: draw_regret(found, response, table, say)

    @cache
    def learnt() -> Surrogate:
        return surrogate(found, response)

    def drawn(of: Surrogate) -> Figure:
        return draw_surrogate(found, response, of, say)

    yield name, moves
    if found.asked.question.surrogate and found.designed.shares is not None:
        yield f"{name}-surrogate", lambda: (learnt().left_out, lambda: drawn(learnt()))
        yield f"{name}-surrogate-indices", lambda: (_said(learnt(), response), None)
    if design.kind == "grid" and design.fraction is None and len(found.designed.factors) > 1 and not found.failed:
        yield f"{name}-together", together
    if found.asked.question.decisions:
        yield f"{name}-regret", safe


def _said(learnt: Surrogate, response: str) -> "pd.DataFrame":
    """What a surrogate says of the factors; ``StudyError`` if it explains too little."""
    if learnt.indices is None:
        raise StudyError(
            f"{response}: a surrogate explains {learnt.explained:.0%} of what it was not taught; "
            f"below {ENOUGH:.0%} it says nothing about factors"
        )
    return learnt.indices


def _discovered(found: Found, say: Language) -> Drawn:
    wanted = found.asked.question.discover
    assert wanted is not None
    box = discovered(found, wanted)
    return box.table(), lambda: draw_discovered(found, box, say)


def _of_tipping(found: Found, say: Language, engine: Engine, jobs: int, told: Callable[[str], None]) -> Iterator[Piece]:
    """Both ways over the factor, simulated companies beside them, and what a survey would have seen."""

    @cache
    def both() -> Tipping:
        told(say("following the company both ways over the factor: a minute or so"))
        return tipping(found.asked, engine, jobs)

    @cache
    def seen() -> Warned:
        told(say("letting the factor drift, and putting it back week by week: a minute or so"))
        return warned(found.asked, both(), engine, jobs)

    yield "tipping", lambda: (both().branches, lambda: draw_tipping(found, both(), say))
    yield "tipping-simulated", lambda: (both().simulated, None)
    if found.asked.question.warning is not None:
        yield "warning", lambda: (seen().table, None)
        yield "warning-put-back", lambda: (seen().put_back, lambda: draw_warned(found, seen(), say))
