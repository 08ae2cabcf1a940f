"""From a log to a folder: a company's own log gives that company back, and the page says how far to trust it."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sim import load, run
from sim.cli import main
from sim.scenario.differing import differing
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.show.calibrate.command import Calibrated, calibrate
from sim.study.calibrate.calibrated import Seen
from sim.study.calibrate.intervals import Estimate

COMPANY = """\
name: shop
psychology: none
days: 100
warm_up_days: 20
market: {customers: 300, purchases_per_year: 25}
departments:
  - {name: desk, staff: 5, handling_hours: 0.8, handling_spread: 0.9, intake_share: 0.4, right_first_time: 0.9,
     errors_noticed: 0.8}
  - {name: net, staff: 3, handling_hours: 1.1, handling_distribution: exponential, background_jobs_per_day: 6}
  - {name: apps, staff: 2, handling_hours: 1.4, handling_spread: 0.5}
links:
  - {supplier: desk, customer: market, share: 1}
  - {supplier: net, customer: desk, requests_per_job: 0.3, blocking: true}
  - {supplier: apps, customer: desk, requests_per_job: 0.2, blocking: true}
  - {supplier: net, customer: apps, requests_per_job: 0.25, blocking: false}
"""


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Path]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "shop.yaml").write_text(COMPANY, encoding="utf-8")
    company = load(folder / "shop.yaml")
    run(company, replications=1, seed=5, out=folder / "run", event_log=True)
    return company, folder / "run" / "events.csv"


@pytest.fixture(scope="module")
def made(truth: tuple[Scenario, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Calibrated, list[str]]:
    steps: list[str] = []

    def told(seen: Seen) -> None:
        steps.append(f"seen {len(seen.log)}")

    def progress(step: str, share: float) -> None:
        if not steps or steps[-1] != step:
            steps.append(step)
        assert 0.0 <= share <= 1.0

    out = tmp_path_factory.mktemp("out") / "calibrated"
    survey = out.parent / "survey.csv"
    rows = [f"{name},{score}" for name, scores in {"desk": "4443443", "net": "3343333"}.items() for score in scores]
    survey.write_text("department,score\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = calibrate(truth[1], survey=survey, out=out, budget=40, language="es", told=told, progress=progress)
    return found, steps


def covers(estimate: Estimate, value: float) -> bool:
    return estimate.low - 1e-9 <= value <= estimate.high + 1e-9


def test_what_is_true_of_the_company_lies_in_the_intervals(
    truth: tuple[Scenario, Path], made: tuple[Calibrated, list[str]]
) -> None:
    """Nineteen numbers with 95 % intervals: three or more misses have a probability of .07; the seed is fixed."""
    company, found = truth[0], made[0].calibration.found
    hits = [covers(found.purchases, company.market.customers * company.market.purchases_per_year / 250)]
    parts = {part.name: part for part in found.departments}
    for true in company.departments:
        part = parts[true.name]
        hits += [
            covers(part.handling_hours, true.handling_hours),
            covers(part.staff, true.staff),
            covers(part.own, true.background_jobs_per_day),
            covers(part.right, true.right_first_time),
        ]
        assert round(part.staff.value) == true.staff
    links = {(link.supplier, link.customer): link for link in found.links}
    assert set(links) == {(link.supplier, link.customer) for link in company.links}
    for link in company.inner_links:
        hits.append(covers(links[link.supplier, link.customer].requests, link.requests_per_job))
        assert links[link.supplier, link.customer].blocking == link.blocking
    assert len(hits) - sum(hits) <= 2
    assert parts["net"].shape == "exponential"
    assert parts["desk"].intake.value == pytest.approx(0.4, abs=0.05)


def test_the_rhythm_of_cases_is_told(made: tuple[Calibrated, list[str]]) -> None:
    """Poisson arrivals on five days: a fifth each (4,000 cases tell it to ± .02) and weeks that vary as chance does."""
    found, folder = made[0].calibration.found, made[0].folder
    assert folder is not None
    assert found.weekdays == pytest.approx([0.2] * 5 + [0.0] * 2, abs=0.04)
    assert 0.3 < found.burst < 2.5
    assert "# They begin on Mon " in (folder / "scenario.yaml").read_text(encoding="utf-8")
    table = pd.read_csv(folder / "estimates.csv").set_index(["level", "where", "quantity"])["value"]
    assert table["weekday", "Mon", "share_of_cases"] == pytest.approx(found.weekdays[0], abs=1e-3)


def test_a_company_is_fitted_and_judged_on_what_it_has_not_seen(made: tuple[Calibrated, list[str]]) -> None:
    found = made[0].calibration
    assert found.judged.verdict in {"fits", "in part"}
    assert made[1] == ["seen " + str(len(found.seen.log)), "jobs", "fit", "judge", "fit again"]
    for target, given in zip(found.fit.targets, found.fit.simulated, strict=True):
        assert given == pytest.approx(target.observed, rel=0.5)


def test_the_survey_is_where_the_company_settles(made: tuple[Calibrated, list[str]]) -> None:
    from sim.study.check import check  # noqa: PLC0415 - one test only

    found = made[0].calibration
    settled = {part.name: part.morale for part in check(found.scenario).departments}
    assert found.seen.survey is not None
    for name, morale in found.seen.survey.morale.items():
        assert settled[name] == pytest.approx(morale.value, abs=0.01)


def test_the_folder_holds_what_runs_and_says_where_it_comes_from(made: tuple[Calibrated, list[str]]) -> None:
    folder = made[0].folder
    assert folder is not None
    assert {path.name for path in folder.iterdir()} == {
        "scenario.yaml",
        "variant.yaml",
        "report.html",
        "estimates.csv",
        "manifest.json",
    }
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    numbers = re.findall(
        r"^ +(?:handling_hours|requests_per_job|purchases_per_year|staff): [\d.e+-]+  # .+", text, re.MULTILINE
    )
    assert len(numbers) >= 8
    assert (
        CliRunner().invoke(main, ["check", str(folder / "scenario.yaml"), str(folder / "variant.yaml")]).exit_code == 0
    )
    source = load(folder / "scenario.yaml").source
    assert "Held against a time that it was not fitted to" in source.said("en")
    assert "Frente a un periodo al que no se ajustó" in source.said("es")
    table = pd.read_csv(folder / "estimates.csv")
    assert (table["low"].isna() | (table["low"] <= table["value"] + 1e-9)).all()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["cases"] > 0


def test_the_variant_keeps_up(made: tuple[Calibrated, list[str]]) -> None:
    from sim.study.check import check  # noqa: PLC0415 - one test only

    folder = made[0].folder
    assert folder is not None
    variant, base = load(folder / "variant.yaml"), load(folder / "scenario.yaml")
    assert not [concern for concern in check(variant).warnings if concern.kind == "department"]
    assert differing(base, variant)


def test_the_page_is_whole_in_spanish_and_shows_no_person(made: tuple[Calibrated, list[str]]) -> None:
    folder = made[0].folder
    assert folder is not None
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert '<html lang="es">' in page
    assert not re.search(r"(src|href)=\"(?!data:|#)", page)
    assert "desk/0" not in page
    assert page.count("<img") == 4
    english = [text for text in ("Observed and simulated", "not as simulated", "hours of work a job") if text in page]
    assert not english


def test_other_names_stand_everywhere(truth: tuple[Scenario, Path], tmp_path: Path) -> None:
    out = tmp_path / "hidden"
    words = ["calibrate", str(truth[1]), "--pseudonyms", "--budget", "10", "--out", str(out)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    whole = result.output + "".join(
        (out / name).read_text(encoding="utf-8")
        for name in ("scenario.yaml", "variant.yaml", "estimates.csv", "report.html")
    )
    assert not re.search(r"\b(desk|apps)\b|net/|events\.csv", whole.replace(str(truth[1]), ""))
    assert "group 1" in whole


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--columns", "case"], "--columns: 'case' is not allowed"),
        (["--columns", "kase=case"], "(nearest: case)"),
        (["--calendar", "always"], "--calendar: 'always' is no working time"),
        (["--survey", "nowhere.csv"], "there is no such file"),
        (["--scale", "9-1"], "--scale: '9-1' is no scale"),
        (["--zone", "Mars/Base"], "--zone: 'Mars/Base' is no time zone"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: list[str], said: str, truth: tuple[Scenario, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["calibrate", str(truth[1]), "--out", str(out), *words])
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


def test_too_few_cases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("case,time,status,group\n1,2024-03-04 09:00,New,a\n1,2024-03-04 10:00,Closed,a\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="holds 1 cases; at least 50"):
        calibrate(path)


def test_a_log_is_read_the_same_whatever_order_its_lines_have(truth: tuple[Scenario, Path], tmp_path: Path) -> None:
    from sim.study.calibrate.reading import read_log  # noqa: PLC0415 - one test only

    lines = truth[1].read_text(encoding="utf-8").splitlines()
    order = np.random.default_rng(1).permutation(len(lines) - 1)
    path = tmp_path / "shuffled.csv"
    path.write_text("\n".join([lines[0], *(lines[1 + place] for place in order)]) + "\n", encoding="utf-8")
    one, other = read_log(truth[1]), read_log(path)
    assert sorted(zip(one.seconds.tolist(), one.phase.tolist(), strict=True)) == sorted(
        zip(other.seconds.tolist(), other.phase.tolist(), strict=True)
    )
