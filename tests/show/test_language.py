"""A language says texts and writes numbers as its readers do, and nothing is said past it."""

import re
from collections.abc import Callable
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.cli import main
from sim.scenario.load import load
from sim.show.language import ENGLISH, SPACE, Language, speaking
from sim.show.network import draw_network
from sim.show.purchase_time import draw_purchase_time
from sim.show.run import run
from sim.show.tables import outlook_table, results_table
from sim.show.weeks import draw_weeks
from sim.study.check import Concern, check
from sim.study.results import Results
from tests.worlds import company

SPANISH = speaking("es")


def test_a_text_is_said_in_its_language() -> None:
    assert ENGLISH("spread over {n} departments", n=12) == "spread over 12 departments"
    assert SPANISH("spread over {n} departments", n=12) == "repartido entre 12 departamentos"
    assert SPANISH("a text that no catalogue has: {what}", what="x") == "a text that no catalogue has: x"


def test_one_is_not_many() -> None:
    said = [say.counted("{n} day", "{n} days", n) for say in (ENGLISH, SPANISH) for n in (0, 1, 2)]
    assert said == ["0 days", "1 day", "2 days", "0 días", "1 día", "2 días"]


def test_numbers_are_written_as_the_language_does() -> None:
    assert [say.number(12345.6, 1) for say in (ENGLISH, SPANISH)] == ["12,345.6", f"12{SPACE}345,6"]
    assert [ENGLISH.number(-0.01), ENGLISH.number(-3), SPANISH.number(1234)] == ["0", "−3", "1234"]
    assert [say.counted("{n} day", "{n} days", 25000) for say in (ENGLISH, SPANISH)] == [
        "25,000 days",
        f"25{SPACE}000 días",
    ]
    assert SPANISH("seed {seed}", seed="25000") == "semilla 25000"
    assert [ENGLISH.percent(share) for share in (0.0, 0.001, 0.62, 0.999, 1.0)] == [
        f"{text}{SPACE}%" for text in ("0", f"<{SPACE}1", "62", f">{SPACE}99", "100")
    ]


def test_a_language_is_loaded_once_and_must_be_known() -> None:
    assert speaking("es") is SPANISH
    with pytest.raises(ValueError, match="language: 'fr' is not allowed: en or es"):
        run(load("plant"), language="fr")


class Masked(NullTranslations):
    """A catalogue that leaves nothing of a text but its placeholders: what can still be read was not looked up."""

    def gettext(self, message: str) -> str:
        return " ".join(["§", *re.findall(r"{\w+}", message)])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def busy_company(replications: int) -> Results:
    departments = [{"name": f"D{place}", "handling_hours": 0.2 + 9 * (place == 44)} for place in range(45)]
    links = [{"supplier": "D0", "customer": "market"}]
    links += [{"supplier": f"D{place}", "customer": "D0", "blocking": place % 2 == 0} for place in range(1, 45)]
    changes = [{"day": 10, "set": {"departments.D1.staff": 2}}] if replications > 1 else []
    keys: dict[str, Any] = {"days": 20, "market": {"customers": 50, "purchases_per_year": 20}, "changes": changes}
    return run(company(departments, links, title={"en": "T"}, management={"decision_share": 0.3}, **keys), replications)


@pytest.mark.parametrize("draw", [draw_network, draw_purchase_time, draw_weeks])
@pytest.mark.parametrize("replications", [1, 2])
def test_charts_say_nothing_past_the_catalogue(draw: Callable[[Results, Language], Figure], replications: int) -> None:
    sheet = draw(busy_company(replications), Language("xx", Masked()))
    for text in (item.get_text() for item in sheet.findobj(Text)):
        assert re.findall(r"[^\W\d_]{2,}", text) in ([], ["staff"]), text


def test_tables_say_nothing_past_the_catalogue() -> None:
    say = Language("xx", Masked())
    results = busy_company(2)
    warnings = tuple(
        Concern(kind, "…", day, 1.0) for kind in get_args(Concern.__annotations__["kind"]) for day in (-60, 1)
    )
    outlook = replace(check(results.scenario), warnings=warnings, gain=0.5, morale=0.6, satisfaction=0.7)
    said = f"{results_table(results, say)}\n{outlook_table(outlook, say)}"
    assert set(re.findall(r"[^\W\d_]{2,}", said)) <= {"company", "test"}


def test_tables_are_said_in_spanish() -> None:
    results = busy_company(2)
    lines = results_table(results, SPANISH).splitlines()
    assert lines[0] == "T — 2 réplicas de 20 días tras 60 días de arranque, semilla 1"
    assert re.split(r"\s{2,}", lines[2]) == ["empresa", "media", "intervalo del 95 %", "unidad"]
    assert any(re.fullmatch(r"ocupación del personal +\d+,\d % +de \d+,\d % a \d+,\d %", line) for line in lines)
    assert "… y 5 más en outcomes.parquet" in lines
    outlook = outlook_table(check(results.scenario), SPANISH)
    assert outlook.startswith("test: el archivo es correcto\n")
    assert re.search(r"D44 +1 +[\d,]+ +[\d,]+ % +2  no da abasto\n", outlook)


def test_the_command_speaks_spanish_when_asked(tmp_path: Path) -> None:
    small = tmp_path / "small.yaml"
    small.write_text("{extends: plant, days: 1, warm_up_days: 0, title: {en: Small, es: Pequeña}}", encoding="utf-8")
    outlook = CliRunner().invoke(main, ["check", str(small), "--lang", "es"])
    assert outlook.stdout.startswith("small: el archivo es correcto\n")
    words = ["run", str(small), "--replications", "1", "--out", str(tmp_path / "out"), "--lang", "es"]
    assert CliRunner().invoke(main, words).stdout.startswith("Pequeña — 1 réplica de 1 día tras 0 días de arranque")
