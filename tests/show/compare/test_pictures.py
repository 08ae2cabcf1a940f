"""Charts of a comparison can be read: nothing lies on anything else, nothing is missing, and titles are true."""

import functools
from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Text

from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.show import style
from sim.show.compare import courses, forest, waterfall
from sim.show.compare.frontier import draw_frontier
from sim.show.compare.method import starts
from sim.show.compare.networks import draw_networks
from sim.show.compare.welch import draw_welch
from sim.show.language import ENGLISH, Language, speaking
from sim.show.lettering import SMALLEST, text_width, wrapped
from sim.study.compare.comparison import Comparison, compare_scenarios
from tests.show.compare.test_sentences import LUCK, PROFIT, SATISFACTION, made_up

SPANISH = speaking("es")
LONG = "Un taller que tiene un título bastante más largo de lo que suele caber en una sola línea"


@functools.cache
def lived() -> Comparison:
    base = with_days(load("claims/workshop"), 40).model_copy(update={"warm_up_days": 10})
    bought = altered(base, {"departments.it.contract": {"hours": 2.0, "price_per_request": 10.0}})
    slow = altered(base, {"departments.it.handling_hours": 1.4})
    named = [
        item.model_copy(update={"name": name, "title": base.title.model_copy(update={"en": title, "es": title})})
        for name, item, title in (("base", base, LONG), ("bought", bought, f"{LONG} (2)"), ("slow", slow, "Corto"))
    ]
    return compare_scenarios(named, replications=3, jobs=1)


def drawn(say: Language) -> dict[str, Figure]:
    found = lived()
    sheets = {
        "forest": forest.draw_forest(found, say),
        "courses": courses.draw_courses(found, say),
        "frontier": draw_frontier(found, say),
        "welch": draw_welch(found, starts(found), say),
    }
    for item in found.others:
        sheets[f"networks {item.name}"] = draw_networks(found, item, say)
        for name, of in (("time", waterfall.time_fall), ("satisfaction", waterfall.satisfaction_fall)):
            sheets[f"{name} {item.name}"] = waterfall.draw_fall(found, item, of(found, item, say), say)
    return sheets


def texts(sheet: Figure) -> list[Text]:
    found = [text for text in sheet.findobj(Text) if isinstance(text, Text) and text.get_visible()]
    beyond = {
        id(tick.label1)
        for axes in sheet.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        text
        for text in found
        if text.get_text().strip() and text.get_window_extent().width > 0 and id(text) not in beyond
    ]


@pytest.mark.parametrize("say", [ENGLISH, SPANISH], ids=["en", "es"])
def test_no_text_of_a_chart_lies_on_another_or_is_too_small_or_cut(say: Language) -> None:
    for name, sheet in drawn(say).items():
        with style.look():
            sheet.canvas.draw()
            shown = [text for text in texts(sheet) if text.figure is sheet]
            assert min(text.get_fontsize() for text in shown) >= SMALLEST, name
            boxes = [(text.get_text(), text.get_window_extent().padded(-3)) for text in shown]
        for (one, box), (two, other) in combinations(boxes, 2):
            assert not box.overlaps(other), f"{name}: {one!r} and {two!r}"
        for text, box in boxes:
            assert 0 <= box.x0 <= box.x1 <= style.WIDTH, f"{name}: {text!r}"
            assert 0 <= box.y0 <= box.y1 <= style.HEIGHT, f"{name}: {text!r}"
        title = max(shown, key=lambda text: text.get_fontsize()).get_text()
        assert "…" not in title, f"{name}: {title}"


def circles(sheet: Figure, side: int) -> dict[tuple[float, float], float]:
    """Circles of one side by their place, as if that side were the left one, with their size."""
    half = (style.WIDTH - 3 * style.MARGIN * style.WIDTH) / 2 + style.MARGIN * style.WIDTH
    [axes] = sheet.axes
    found = [patch for patch in axes.patches if isinstance(patch, Circle) and patch.zorder == 3]
    there = [patch for patch in found if (patch.center[0] > half) == bool(side)]
    return {(round(patch.center[0] - side * half, 3), round(patch.center[1], 3)): patch.radius for patch in there}


def test_both_sides_of_the_networks_stand_alike_and_every_department_has_its_name() -> None:
    found = lived()
    for item in found.others:
        sheet = draw_networks(found, item, ENGLISH)
        left, right = (circles(sheet, side) for side in (0, 1))
        assert left.keys() == right.keys()
        assert len(left) == len(item.departments) + 1
        said = [text.get_text() for text in sheet.axes[0].texts]
        assert said.count("Customer") == 2
        for department in item.departments:
            name = department.title.said("en") or department.name
            assert sum(text.startswith(name.split()[0]) for text in said) == 2, name
        assert ("white: bought outside" in said) == (item.name == "bought")


def test_every_replication_has_a_dot_in_the_forest() -> None:
    found = made_up({"a": {SATISFACTION: LUCK, PROFIT: 1e4 + LUCK}, "b": {SATISFACTION: 2 + LUCK}})
    axes = forest.draw_forest(found, ENGLISH).axes[0]
    dots = {float(line.get_ydata()[0]): list(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 10}
    assert dots.keys() == {forest.PAIRS_BELOW, 1 + forest.PAIRS_BELOW}
    assert dots[1 + forest.PAIRS_BELOW] == pytest.approx(list(2 + LUCK))


def test_the_title_of_the_forest_counts_verdicts() -> None:
    mixed = made_up({"a": {SATISFACTION: 5 + 0.1 * LUCK, PROFIT: -5e4 + LUCK}})
    assert forest.forest_title(mixed, ENGLISH) == "“a”: better in 1 of 2 outcomes, worse in 1"
    two = made_up(
        {"a": {SATISFACTION: LUCK, PROFIT: 1e4 + LUCK}, "b": {SATISFACTION: 2 + 0.1 * LUCK, PROFIT: 5 + LUCK}}
    )
    assert forest.forest_title(two, ENGLISH) == "Most often better: “b”, in 2 of 2 outcomes, and worse in none"
    worse, hidden = made_up({"a": {SATISFACTION: -5 + LUCK}}), made_up({"a": {SATISFACTION: LUCK}})
    assert forest.forest_title(worse, ENGLISH).endswith("and something worse")
    assert forest.forest_title(hidden, ENGLISH) == "Nothing is shown to be better or worse than with “base”"


@pytest.mark.parametrize(
    ("means", "half", "said"),
    [
        ([2.0, 3.0, 1.0], 0.5, "in every week beyond luck"),
        ([2.0, 3.0, 1.0], 1.5, "the same way in every week, beyond luck in 2 of 3"),
        ([2.0, 3.0, -1.0], 0.5, "the same way in 2 of 3 weeks"),
    ],
)
def test_the_title_of_the_courses_says_in_which_weeks_it_is_so(
    means: list[float], half: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    middle = np.array(means)
    monkeypatch.setattr(courses, "course", lambda *_: (np.arange(3.0), middle, middle - half, middle + half))
    rising = made_up({"a": {SATISFACTION: 2.0 + 0.1 * LUCK}})
    assert courses.courses_title(rising, ENGLISH).endswith(f"in the mean of all days, {said}")
    monkeypatch.setattr(courses, "course", lambda *_: (np.arange(3.0), -middle, -middle - half, -middle + half))
    falling = made_up({"a": {SATISFACTION: -2.0 + 0.1 * LUCK}})
    assert courses.courses_title(falling, ENGLISH).endswith(said)


def test_steps_too_small_to_be_seen_are_one_that_makes_the_sum_exact() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    small = [(f"small {place}", 0.02 * place + 0.01 * LUCK) for place in range(1, 6)]
    fall = waterfall._fall(found, SATISFACTION, [("large", 5.0 + LUCK), *small], ENGLISH)
    assert [step.name for step in fall.steps] == ["large", "everything else (5 parts)"]
    assert fall.steps[-1].gathers == 5
    assert fall.steps[-1].by == pytest.approx(0.3)
    assert fall.end == pytest.approx(55.3)
    many = [(f"step {place}", 1.0 + 0.1 * place + LUCK) for place in range(10)]
    shown = waterfall._fall(found, SATISFACTION, many, ENGLISH)
    assert len(shown.steps) == waterfall.MOST_STEPS + 1
    assert shown.end - shown.base == pytest.approx(sum(1.0 + 0.1 * place for place in range(10)))
    alone = waterfall._fall(found, SATISFACTION, [("large", 5.0 + LUCK), small[0]], ENGLISH)
    assert [step.name for step in alone.steps] == ["large", "small 1"]


def test_an_axis_that_does_not_begin_at_nothing_is_seen_to_be_broken() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    far = waterfall._fall(found, SATISFACTION, [("near the top", 1.0 + 0.1 * LUCK)], ENGLISH)
    near = waterfall._fall(found, SATISFACTION, [("half of it", -30.0 + 0.1 * LUCK)], ENGLISH)
    for fall, broken in ((far, True), (near, False)):
        sheet = waterfall.draw_fall(found, found.others[0], fall, ENGLISH)
        [axes] = sheet.axes
        assert (axes.get_ylim()[0] > 0.0) == broken
        assert any(line.get_gid() == waterfall.ZIGZAG for line in axes.lines) == broken
        assert any("zigzag" in text.get_text() for text in sheet.texts) == broken


def test_a_word_that_is_too_long_goes_on_in_the_next_line() -> None:
    with style.look():
        lines = wrapped("Mantenimiento contratado", 120, 4)
        assert max(map(text_width, lines)) <= 120
    assert "".join(line.removesuffix("-") for line in lines) == "Mantenimientocontratado"
