"""What was understood is told in words, whatever was mended."""

import re
from pathlib import Path

from sim.show.calibrate.understood import understood_table
from sim.show.language import speaking
from sim.study.calibrate.calibrated import Asked, seen
from tests.study.calibrate import logs

CODE = Path(__file__).parents[3] / "sim"


def test_every_rule_has_its_words() -> None:
    words = (CODE / "show" / "calibrate" / "understood.py").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (CODE / "study" / "calibrate").glob("*.py"))
    found = re.findall(r'(?:mend|mend_rows|Mended)\(\s*"([^"]+)"', code) + re.findall(
        r'rule = "([a-z{][^"]+: [^"]+)"\n', code
    )
    rules = [rule for rule in found if "left out" in rule or "taken as" in rule or "counted" in rule or "put" in rule]
    assert len(rules) > 15
    assert [rule for rule in rules if f'"{rule}": say(' not in words] == []


def test_the_table_tells_columns_statuses_times_and_hours_before_anything_is_estimated(tmp_path: Path) -> None:
    found = seen(logs.german(tmp_path / "export.csv"), Asked())
    said = understood_table(found, speaking("en"))
    for words in (
        "export.csv (CSV, CP1252, semicolons)",
        "Vorgangsnummer",
        "In Bearbeitung (",
        "%d.%m.%Y %H:%M%z, UTC+01:00",
        "Störungsannahme, Netz & Übertragung",
        "not UTF-8: read as Windows-1252",
        "line 1",
    ):
        assert words in said, said
    assert max(map(len, said.splitlines())) <= 150
