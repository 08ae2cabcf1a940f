"""Runs that are kept: given back as they were, and never taken for another."""

from pathlib import Path

import pandas as pd
import pytest

from sim.study.observed import Kept, Observed, observe
from tests.study.compare.test_comparison import shops


@pytest.fixture(scope="module")
def run() -> Observed:
    return observe(shops()[0], 1, 0)


@pytest.fixture
def kept(tmp_path: Path, run: Observed) -> Kept:
    kept = Kept(tmp_path)
    kept.write(shops()[0], 1, 0, run)
    return kept


def only_file(folder: Path) -> Path:
    [file] = folder.iterdir()
    return file


def test_a_run_is_given_back_as_it_was(kept: Kept, run: Observed) -> None:
    found = kept.read(shops()[0], 1, 0)
    assert found is not None
    assert (found.weeks, found.units) == (run.weeks, run.units)
    assert pd.Series(found.totals).equals(pd.Series(run.totals))
    assert kept.read(shops()[1], 1, 0) is None


def test_a_file_of_other_columns_is_no_run(kept: Kept, tmp_path: Path) -> None:
    pd.DataFrame({"mine": [1]}).to_parquet(only_file(tmp_path))
    assert kept.read(shops()[0], 1, 0) is None


def test_a_file_that_is_cut_off_is_no_run(kept: Kept, tmp_path: Path) -> None:
    file = only_file(tmp_path)
    file.write_bytes(file.read_bytes()[:-100])
    assert kept.read(shops()[0], 1, 0) is None


def test_a_folder_in_the_place_of_a_file_is_no_run(kept: Kept, tmp_path: Path) -> None:
    file = only_file(tmp_path)
    file.unlink()
    file.mkdir()
    assert kept.read(shops()[0], 1, 0) is None


@pytest.mark.parametrize("other", [(1, 1, 0), (0, 2, 0), (0, 1, 1)])
def test_a_run_under_the_name_of_another_is_not_taken_for_it(
    other: tuple[int, int, int], kept: Kept, run: Observed, tmp_path: Path
) -> None:
    place, seed, number = other
    right = only_file(tmp_path)
    kept.write(shops()[place], seed, number, run)
    [wrong] = set(tmp_path.iterdir()) - {right}
    wrong.replace(right)
    assert kept.read(shops()[0], 1, 0) is None
