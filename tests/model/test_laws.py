"""Every law has a row in a table: which way each argument moves it, between what bounds, and what leaves it alone.

A law without a row fails. The properties are tried on random arguments; points known by hand stand at the end.
"""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import laws
from sim.scenario.parameters import Laws

SHARE = (0.0, 1.0)
MOOD = (-1.0, 1.0)
ROUNDING = 1e-12
OFTEN = settings(max_examples=40, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Row:
    """A law: the range of each argument, with ``+`` or ``-`` where it moves the value, and the range of the value.

    ``neutral``: a parameter and the value at which the law returns ``unmoved(arguments)`` to the last bit.
    """

    arguments: dict[str, tuple[float, float]]
    rising: str = ""
    falling: str = ""
    value: tuple[float, float] = SHARE
    neutral: dict[str, tuple[float, Callable[[dict[str, float]], float]]] = field(default_factory=dict)
    steps: bool = False
    """Whether the value may jump."""


def whatever(name: str) -> Callable[[dict[str, float]], float]:
    return lambda arguments: arguments[name]


def constant(value: float) -> Callable[[dict[str, float]], float]:
    return lambda arguments: value


RIGHT = {
    "base": (0.01, 1.0),
    **dict.fromkeys(
        (
            "attitude", "orientation", "skill", "quality_needs_attitude", "quality_needs_orientation",
            "quality_needs_skill", "ordinary_attitude", "ordinary_orientation",
        ),
        SHARE,
    ),
}  # fmt: skip
LEVERS = ("delegation", "involvement", "recognition", "clarity", "interaction")
TABLE = {
    "between": Row({"value": (-2.0, 2.0), "low": (-1.0, 0.0), "high": (0.0, 1.0)}, "value low high", value=(-1.0, 1.0)),
    "condition": Row(
        {"morale": SHARE, "mood": MOOD, "mood_weight": SHARE},
        "morale mood",
        neutral={"mood_weight": (0.0, whatever("morale")), "mood": (0.0, whatever("morale"))},
    ),
    "ceiling": Row(
        {"condition": SHARE, "ceiling_slack": SHARE},
        "condition ceiling_slack",
        neutral={"ceiling_slack": (0.0, whatever("condition"))},
    ),
    "attitude": Row(
        {"ceiling": SHARE, "professional_norm": SHARE},
        "ceiling professional_norm",
        neutral={"professional_norm": (1.0, whatever("ceiling"))},
    ),
    "manner": Row(
        {
            "orientation": SHARE,
            "temper": SHARE,
            "respect_needs_orientation": SHARE,
            "respect_needs_temper": SHARE,
            "even_temper": SHARE,
        },
        "orientation temper",
        "respect_needs_orientation respect_needs_temper even_temper",
        neutral={
            "respect_needs_orientation": (
                0.0,
                lambda a: 1.0 - a["respect_needs_temper"] * max(0.0, a["even_temper"] - a["temper"]),
            ),
            "respect_needs_temper": (0.0, lambda a: 1.0 - a["respect_needs_orientation"] * (1.0 - a["orientation"])),
            "even_temper": (0.0, lambda a: 1.0 - a["respect_needs_orientation"] * (1.0 - a["orientation"])),
        },
    ),
    "right_first_time": Row(
        RIGHT,
        "base attitude orientation skill",
        "quality_needs_skill ordinary_attitude ordinary_orientation",
        value=(laws.LEAST_CHANCE, 1.0),
    ),
    "spoilt": Row(
        {"harm": SHARE, "times": (0.0, 20.0)},
        "",
        "harm times",
        neutral={"harm": (0.0, constant(1.0)), "times": (0.0, constant(1.0))},
        steps=True,
    ),
    "pace": Row(
        {
            "condition": SHARE,
            "skill": SHARE,
            "pace_needs_condition": SHARE,
            "pace_needs_skill": (0.0, 5.0),
            "ordinary": SHARE,
        },
        "pace_needs_skill ordinary",
        "condition skill",
        value=(0.0, 12.0),
        neutral={
            "pace_needs_condition": (0.0, lambda a: 1.0 + a["pace_needs_skill"] * (1.0 - a["skill"])),
            "pace_needs_skill": (0.0, lambda a: 1.0 + a["pace_needs_condition"] * (a["ordinary"] - a["condition"])),
        },
    ),
    "pressure": Row(
        {"load": (0.0, 5.0), "pressure": (0.0, 0.5), "pressure_peak": (0.1, 2.0), "ordinary_load": (0.0, 1.5)},
        value=(0.5, 2.0),
        neutral={"pressure": (0.0, constant(1.0))},
    ),
    "agility": Row(
        {"wait_hours": (0.0, 1e4), "acceptable_wait_hours": (0.1, 1e3), "agility_exponent": (0.0, 5.0)},
        "acceptable_wait_hours",
        "wait_hours agility_exponent",
        neutral={"agility_exponent": (0.0, constant(1.0)), "wait_hours": (0.0, constant(1.0))},
    ),
    "experience": Row(
        dict.fromkeys(("respect", "agility", "care", "weight_respect", "weight_agility", "weight_care"), SHARE),
        "respect agility care",
        "weight_respect weight_agility weight_care",
        steps=True,
    ),
    "expectation": Row(
        {"will": SHARE, "should": SHARE, "will_weight": SHARE},
        "will should",
        neutral={"will_weight": (0.0, whatever("should"))},
    ),
    "adapted": Row(
        {
            "will": SHARE,
            "experience": SHARE,
            "months": (0.0, 100.0),
            "expectation_up": SHARE,
            "expectation_down": SHARE,
        },
        "experience expectation_up",
        "expectation_down",
        neutral={"months": (0.0, whatever("will"))},
        steps=True,
    ),
    "felt": Row({"difference": MOOD, "loss_aversion": (1.0, 10.0)}, "difference", "loss_aversion", value=(-10.0, 1.0)),
    "moved": Row(
        {"mood": MOOD, "feeling": MOOD, "sensitivity": SHARE},
        "mood feeling",
        value=MOOD,
        neutral={"sensitivity": (0.0, whatever("mood")), "feeling": (0.0, whatever("mood"))},
    ),
    "swayed": Row(
        {"mood": MOOD, "feeling": (-2.0, 1.0), "sensitivity": SHARE},
        "mood feeling",
        value=MOOD,
        neutral={"sensitivity": (0.0, whatever("mood"))},
    ),
    "kept": Row({"half_life_days": (0.01, 1e4)}, "half_life_days"),
    "mood_tomorrow": Row(
        {"mood": MOOD, "mean_around": MOOD, "mood_contagion": SHARE, "kept": SHARE},
        "mood mean_around",
        value=MOOD,
        neutral={"mood_contagion": (0.0, lambda a: a["kept"] * a["mood"]), "kept": (0.0, constant(0.0))},
    ),
    "morale_tomorrow": Row(
        {
            "morale": SHARE,
            "mean_around": SHARE,
            "sustained": SHARE,
            "mood": MOOD,
            "contagion": (0.0, 0.5),
            "morale_return": (0.0, 0.5),
            "morale_from_mood": SHARE,
        },
        "morale mean_around sustained mood",
    ),
    "sustained": Row(
        dict.fromkeys(("base_morale", *LEVERS, "style", "overload"), SHARE),
        " ".join(("base_morale", *LEVERS)),
        "style overload",
    ),
    "thinned": Row(
        {"span": (0.0, 1000.0), "ordinary_span": (0.1, 1000.0)},
        "ordinary_span",
        "span",
        neutral={"span": (0.0, constant(1.0))},
    ),
    "overload": Row({"load": (0.0, 5.0), "overload_from": (0.0, 0.99)}, "load", value=(0.0, 2.0)),
    "style_tomorrow": Row(
        dict.fromkeys(("style", "superior", "leaning", "style_passed", "kept"), SHARE),
        "style superior leaning",
        neutral={"kept": (0.0, lambda a: a["style_passed"] * a["superior"] + (1.0 - a["style_passed"]) * a["leaning"])},
    ),
    "orientation_tomorrow": Row(dict.fromkeys(("orientation", "floor", "kept"), SHARE), "orientation kept", steps=True),
    "lifted": Row({"value": SHARE, "share": MOOD}, "value share", neutral={"share": (0.0, whatever("value"))}),
    "of_late": Row(
        dict.fromkeys(("before", "today", "kept"), SHARE),
        "before today",
        neutral={"kept": (1.0, whatever("before"))},
    ),
    "learnt": Row({"skill": SHARE, "kept": SHARE}, "skill", "kept", neutral={"skill": (1.0, constant(1.0))}),
    "feedback": Row(
        {
            "review_effect": SHARE,
            "review_spread": SHARE,
            "review_fear": (0.0, 5.0),
            "style": SHARE,
            "normal": (-8.0, 8.0),
        },
        "normal",
        "review_fear style",
        value=MOOD,
    ),
    "asking": Row(
        {"memory": SHARE, "avoiding_slope": (0.0, 100.0), "avoiding_below": SHARE},
        "memory",
        "avoiding_below",
        neutral={"avoiding_slope": (0.0, constant(1.0))},
        steps=True,
    ),
    "remembered": Row(
        dict.fromkeys(("memory", "respect", "agility", "memory_gain"), SHARE),
        "memory respect agility",
        neutral={"memory_gain": (0.0, whatever("memory"))},
    ),
    "decision_error": Row(
        dict.fromkeys(
            ("importance", "skill", "clarity", "decision_error", "decision_needs_skill", "decision_needs_clarity"),
            SHARE,
        ),
        "importance decision_error",
        "skill clarity decision_needs_skill decision_needs_clarity",
        neutral={"decision_error": (0.0, constant(0.0)), "importance": (0.0, constant(0.0))},
    ),
    "erring_above": Row(
        {"tiers": (1.0, 12.0), "decision_kept": SHARE, "manager_error": SHARE},
        "tiers manager_error",
        "decision_kept",
        neutral={"decision_kept": (0.0, constant(1.0))},
    ),
    "relayed": Row(
        dict.fromkeys(("message_kept", "fear", "style"), SHARE),
        "message_kept",
        "fear style",
        neutral={"fear": (0.0, whatever("message_kept")), "style": (0.0, whatever("message_kept"))},
    ),
    "team_strength": Row(
        {"hours": (0.0, 1000.0), "team_hours": (0.1, 1000.0)},
        "hours",
        "team_hours",
        neutral={"hours": (0.0, constant(0.0))},
    ),
    "leaving": Row(
        {
            "morale": SHARE,
            "leaving_per_year": (0.0, 50.0),
            "leaving_slope": (0.0, 50.0),
            "ordinary": SHARE,
            "days_per_year": (200.0, 365.0),
        },
        "leaving_per_year ordinary",
        "morale days_per_year",
        neutral={"leaving_per_year": (0.0, constant(0.0))},
        steps=True,  # as steep as the slope is set
    ),
    "satisfaction": Row(
        {"experience": SHARE, "expectation": SHARE, "disappointment": (0.0, 5.0), "loss_aversion": (1.0, 10.0)},
        "experience",
        "expectation disappointment loss_aversion",
        neutral={"disappointment": (0.0, whatever("experience")), "expectation": (0.0, whatever("experience"))},
    ),
    "lost": Row(
        {"satisfaction": SHARE, "loss_per_purchase": SHARE, "loyalty_power": (1.0, 20.0)},
        "loss_per_purchase loyalty_power",
        "satisfaction",
        neutral={"loss_per_purchase": (0.0, constant(0.0)), "satisfaction": (1.0, constant(0.0))},
    ),
    "word_of_mouth": Row(
        {"mean_satisfaction": SHARE, "ordinary_satisfaction": SHARE, "word_of_mouth": (0.0, 20.0)},
        "mean_satisfaction",
        "ordinary_satisfaction",
        value=(0.0, 2.0),
        neutral={"word_of_mouth": (0.0, constant(1.0))},
    ),
}
LAWS = {
    name: law
    for name, law in inspect.getmembers(laws, inspect.isfunction)
    if law.__module__ == laws.__name__ and not name.startswith("_")
}


def arguments_of(data: st.DataObject, name: str) -> dict[str, float]:
    """Random arguments within their ranges, the ends among them."""
    return {
        key: data.draw(st.one_of(st.sampled_from(ends), st.floats(*ends, allow_subnormal=False)), label=key)
        for key, ends in TABLE[name].arguments.items()
    }


def test_every_law_has_a_row_with_every_argument() -> None:
    assert set(TABLE) == set(LAWS)
    for name, row in TABLE.items():
        assert list(row.arguments) == list(inspect.signature(LAWS[name]).parameters), name
        assert set(row.rising.split()) | set(row.falling.split()) | set(row.neutral) <= set(row.arguments), name


def test_every_parameter_with_the_name_of_one_in_the_file_is_tried_over_all_its_range() -> None:
    assert {name for row in TABLE.values() for name in row.arguments} & set(Laws.model_fields)
    for name, row in TABLE.items():
        for key, (low, high) in row.arguments.items():
            if key in Laws.model_fields and name not in {"morale_tomorrow", "feedback"}:
                bounds = {type(item).__name__: item for item in Laws.model_fields[key].metadata}
                assert low <= (bounds["Ge"].ge if "Ge" in bounds else 0.1), (name, key)
                assert high >= bounds["Le"].le, (name, key)


@pytest.mark.parametrize("name", TABLE)
@OFTEN
@given(data=st.data())
def test_value_stays_within_its_bounds(name: str, data: st.DataObject) -> None:
    low, high = TABLE[name].value
    value = LAWS[name](**arguments_of(data, name))
    assert isinstance(value, float)
    assert low - ROUNDING <= value <= high + ROUNDING


@pytest.mark.parametrize(
    ("name", "key", "sign"),
    [
        (name, key, sign)
        for name, row in TABLE.items()
        for sign, keys in ((1.0, row.rising), (-1.0, row.falling))
        for key in keys.split()
    ],
)
@OFTEN
@given(data=st.data())
def test_law_is_monotone_in_what_the_table_says(name: str, key: str, sign: float, data: st.DataObject) -> None:
    drawn = arguments_of(data, name)
    other = data.draw(st.floats(*TABLE[name].arguments[key], allow_subnormal=False), label=f"another {key}")
    low, high = sorted((drawn[key], other))
    at_low, at_high = (LAWS[name](**drawn | {key: value}) for value in (low, high))
    assert sign * (at_high - at_low) >= -ROUNDING


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name, row in TABLE.items() for key in (row.rising + " " + row.falling).split()]
)
def test_what_moves_a_law_moves_it_somewhere(name: str, key: str) -> None:
    """So that no row of the table is true only because the argument does nothing."""
    row = TABLE[name]
    luck = Random(1)
    places = [{other: luck.uniform(*ends) for other, ends in row.arguments.items()} for _ in range(300)]
    places += [dict(zip(row.arguments, ends, strict=True)) for ends in islice(product(*row.arguments.values()), 512)]
    low, high = row.arguments[key]
    assert any(
        LAWS[name](**place | {key: low + (high - low) * 0.05}) != LAWS[name](**place | {key: low + (high - low) * 0.6})
        for place in places
    )


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, row in TABLE.items() for key in row.neutral])
@OFTEN
@given(data=st.data())
def test_neutral_parameter_leaves_the_law_alone_to_the_last_bit(name: str, key: str, data: st.DataObject) -> None:
    neutral, unmoved = TABLE[name].neutral[key]
    drawn = arguments_of(data, name) | {key: neutral}
    assert LAWS[name](**drawn) == unmoved(drawn)


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name, row in TABLE.items() if not row.steps for key in row.arguments]
)
@OFTEN
@given(data=st.data())
def test_law_has_no_jumps(name: str, key: str, data: st.DataObject) -> None:
    drawn = arguments_of(data, name)
    low, high = TABLE[name].arguments[key]
    step = (high - low) * 1e-10
    near = drawn | {key: min(high, drawn[key] + step)}
    # The steepest is the root in what is remembered: √1e-10 at 0.
    assert abs(LAWS[name](**near) - LAWS[name](**drawn)) <= 1.01e-5


class TestKnownPoints:
    def test_condition_weighs_mood_beside_morale_and_is_cut(self) -> None:
        assert laws.condition(0.5, -0.5, 0.3) == pytest.approx(0.35)
        assert laws.condition(0.1, -1.0, 0.3) == 0.0

    def test_experience_never_passes_the_ceiling_of_respect_and_care(self) -> None:
        for ceiling in (0.0, 0.3, 0.8, 1.0):
            assert laws.experience(ceiling, 1.0, ceiling, 0.4, 0.3, 0.3) == pytest.approx(ceiling**0.7)

    def test_no_dimension_makes_up_for_the_lack_of_another(self) -> None:
        assert laws.experience(0.0, 1.0, 1.0, 0.4, 0.3, 0.3) == 0.0
        assert laws.experience(0.0, 0.5, 0.5, 0.0, 0.5, 0.5) == pytest.approx(
            0.5
        )  # but what has no weight does not count

    def test_agility_halves_where_the_wait_doubles(self) -> None:
        assert [laws.agility(wait, 4.0, 1.0) for wait in (4.0, 8.0, 16.0)] == [1.0, 0.5, 0.25]

    def test_ordinary_people_work_as_the_file_says(self) -> None:
        assert laws.right_first_time(0.93, 0.75, 0.5, 1.0, 0.2, 0.1, 0.2, 0.75, 0.5) == 0.93
        assert laws.pace(0.65, 1.0, 0.25, 0.5, 0.65) == 1.0
        assert laws.pressure(0.8, 0.05, 0.93, 0.8) == 1.0

    def test_quality_that_needs_nothing_is_the_base_to_the_last_bit(self) -> None:
        assert laws.right_first_time(0.93, 0.1, 0.2, 0.3, 0.0, 0.0, 0.0, 0.75, 0.5) == 0.93

    def test_people_are_fastest_at_the_peak_and_slower_on_both_sides(self) -> None:
        hours = [laws.pressure(load, 0.1, 0.9, 0.8) for load in (0.5, 0.9, 1.3)]
        assert hours[1] < min(hours[0], hours[2])
        assert laws.pressure(3.0, 0.1, 0.9, 0.8) == laws.pressure(1.8, 0.1, 0.9, 0.8)

    def test_losses_weigh_more_than_gains(self) -> None:
        assert (laws.felt(0.2, 2.0), laws.felt(-0.2, 2.0)) == (0.2, -0.4)

    def test_expectation_adapts_by_the_month_faster_up_than_down(self) -> None:
        assert laws.adapted(0.5, 0.9, 1.0, 0.1, 0.05) == pytest.approx(0.54)
        assert laws.adapted(0.5, 0.1, 1.0, 0.1, 0.05) == pytest.approx(0.48)
        assert laws.adapted(0.5, 0.9, 2.0, 0.1, 0.05) == pytest.approx(0.5 + 0.4 * 0.19)

    def test_half_is_kept_after_the_half_life(self) -> None:
        assert laws.kept(5.0) ** 5 == pytest.approx(0.5)
        assert laws.learnt(0.6, 0.5) == pytest.approx(0.8)
        assert laws.orientation_tomorrow(0.9, 0.3, 0.5) == pytest.approx(0.6)
        assert laws.orientation_tomorrow(0.2, 0.3, 0.5) == 0.2  # the floor lifts nobody

    def test_morale_rests_at_the_level_sustained_among_equals(self) -> None:
        assert laws.morale_tomorrow(0.6, 0.6, 0.6, 0.0, 0.05, 0.015, 0.006) == 0.6

    def test_style_rests_where_superior_and_leaning_agree(self) -> None:
        assert laws.style_tomorrow(0.4, 0.4, 0.4, 0.35, 0.9) == pytest.approx(0.4)

    def test_every_second_request_is_avoided_at_the_threshold(self) -> None:
        assert laws.asking(0.4, 12.0, 0.4) == 0.5

    def test_skill_and_clarity_each_take_their_share_of_errors(self) -> None:
        assert laws.decision_error(0.5, 1.0, 1.0, 0.4, 0.75, 0.5) == pytest.approx(0.5 * 0.4 / 4 / 2)

    def test_leaving_at_ordinary_morale_is_the_yearly_rate(self) -> None:
        assert laws.leaving(0.65, 0.1, 4.0, 0.65, 250.0) == pytest.approx(-math.expm1(-0.1 / 250))

    def test_loyalty_is_convex(self) -> None:
        stays = [1.0 - laws.lost(satisfaction, 1.0, 3.0) for satisfaction in (0.0, 0.5, 1.0)]
        assert stays[1] < (stays[0] + stays[2]) / 2

    def test_satisfaction_never_passes_the_experience(self) -> None:
        assert laws.satisfaction(0.6, 0.7, 0.25, 2.0) == pytest.approx(0.55)
        assert laws.satisfaction(0.1, 1.0, 5.0, 10.0) == 0.0

    def test_harms_multiply(self) -> None:
        assert laws.spoilt(0.5, 3.0) == 0.125

    def test_attention_is_thinned_beyond_the_ordinary_span(self) -> None:
        assert [laws.thinned(span, 8.0) for span in (1.0, 8.0, 16.0)] == [1.0, 1.0, 0.5]

    def test_overload_counts_from_its_threshold_and_at_most_twice(self) -> None:
        loads = (0.9, 0.95, 1.0, 9.0)
        assert [laws.overload(load, 0.9) for load in loads] == pytest.approx([0.0, 0.5, 1.0, 2.0])

    def test_review_under_blame_does_less_and_may_harm(self) -> None:
        assert laws.feedback(0.08, 0.16, 1.25, 0.0, 0.0) == 0.08
        assert laws.feedback(0.08, 0.16, 1.25, 1.0, 0.0) < 0.0
