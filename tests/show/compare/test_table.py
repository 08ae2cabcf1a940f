"""The table of a comparison, and the command that prints it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.show.compare.table import comparison_table
from sim.show.language import speaking
from sim.study.compare.comparison import compare_scenarios
from tests.study.compare.test_comparison import shops


def test_the_table_says_what_differs_in_both_languages() -> None:
    found = compare_scenarios(shops(3), replications=3, jobs=1, stated=["utilisation", "morale"])
    english, spanish = (comparison_table(found, speaking(language)) for language in ("en", "es"))
    assert "All 4 intervals" in english
    assert english.count("  it 5") == 3  # once with its title, once for each outcome
    assert "lower" in english
    assert "más bajo" in spanish
    assert "Los 4 intervalos" in spanish


def test_a_precision_that_was_not_reached_is_told() -> None:
    found = compare_scenarios(shops(), jobs=1, precision={"morale": 1e-6}, most=11)
    assert "note: morale: asked for ± 0.000001, reached" in comparison_table(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plant", "plan"], "'plan'"),
        (["plant", "plant"], "give one of them a name of its own"),
        (["plant", "clinic", "--precision", "morale"], "is not OUTCOME=HALFWIDTH"),
        (["plant", "it/brake", "--outcome", "moral"], "'moral' is no outcome of plant (nearest: morale)"),
    ],
)
def test_wrong_input_is_one_line_and_status_two(words: list[str], said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["compare", *words, "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert said in result.output
    assert not list(tmp_path.iterdir())


def test_the_best_is_chosen_only_with_enough_replications_and_says_how_many_it_takes() -> None:
    few = compare_scenarios(shops(), replications=3, jobs=1)
    assert few.chosen() is None
    assert "Kim and Nelson" not in comparison_table(few)
    wide, narrow = (compare_scenarios(shops(), replications=10, zone=zone, jobs=1) for zone in (50.0, 0.001))
    assert "Selected for customers’ satisfaction" in " ".join(comparison_table(wide).split())
    found = narrow.chosen()
    assert found is not None
    assert not found.guaranteed
    assert found.needed > 10
    assert f"at most {speaking('en').number(found.needed)} replications in all" in " ".join(
        comparison_table(narrow).split()
    )
