"""Arithmetic in a study file is worked out as Python would, and nothing else is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.sweep.expressions import Expression, ExpressionError

FACTORS = {"a": 3.0, "b": 0.25, "n": 4}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 3.0),
        ("1 - b", 0.75),
        ("-a * (b + 2) / 3", -2.25),
        ("round(n * b)", 1),
        ("min(a, n) + max(b, 1, 0)", 4.0),
        ("n // 3 + 7 % 4", 4),
        ("2 ** -1", 0.5),
        ("abs(b - 1)", 0.75),
    ],
)
def test_it_comes_to_what_python_says(text: str, value: float) -> None:
    assert Expression(text).value(FACTORS) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "a.real",
        "a[0]",
        "[a]",
        "'a'",
        "True",
        "a if b else n",
        "a < b",
        "lambda: a",
        "pow(a, 2)",
        "min()",
        "max(*n)",
        "round(a, ndigits=1)",
        "a = 1",
        "",
        "1 +",
        "1j",
        "(" * 300,
        "1" * 501,
    ],
)
def test_anything_else_is_refused_before_it_is_worked_out(text: str) -> None:
    with pytest.raises(ExpressionError):
        Expression(text)


@pytest.mark.parametrize("text", ["1 / (a - 3)", "9.0 ** 9 ** 9", "(-1) ** b", "1e308 * 10"])
def test_what_is_no_number_is_an_error(text: str) -> None:
    with pytest.raises(ExpressionError):
        Expression(text).value(FACTORS)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        Expression(text).value(dict.fromkeys(Expression(text).names, 1.0))


def test_the_factors_in_it_are_known() -> None:
    assert Expression("max(a, 1 - b) * 2").names == {"a", "b"}
