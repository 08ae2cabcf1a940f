"""Small tables beside a log, such as an organisation chart or a survey: CSV in any encoding and with any separator."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.problems import Problem, ScenarioError
from sim.study.calibrate.csv_log import as_text, opened, written_as


@dataclass(frozen=True)
class Sheet:
    """A table of texts: each row with the line on which it ends."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def columns(self, names: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
        """By row, its line and what stands in the columns of some roles."""
        places = {role: self.header.index(name) for role, name in names.items()}
        for line, row in self.rows:
            yield line, {role: row[place] for role, place in places.items()}


def read_sheet(path: Path) -> Sheet:
    """The rows of a CSV file with a header; ``ScenarioError`` if it cannot be read, or a row is longer or shorter."""
    if not path.is_file():
        rule = "is a folder, not a file" if path.is_dir() else "there is no such file"
        raise ScenarioError([Problem(str(path), 0, "", rule)])
    form = written_as(path)
    twice = sorted({name for name in form.header if name and form.header.count(name) > 1})
    if twice:
        raise ScenarioError(Problem(path.name, form.lines, name, "two columns have this name") for name in twice)
    rows, problems = [], []
    with opened(path) as file, as_text(file, form.encoding) as text:
        for _ in range(form.lines):
            text.readline()
        reader = csv.reader(text, delimiter=form.separator)
        try:
            for row in reader:
                cells = tuple(cell.strip() for cell in row)
                line = form.lines + reader.line_num
                if not any(cells):
                    continue
                if len(cells) != len(form.header):
                    rule = f"has {len(cells)} columns, the header {len(form.header)}"
                    problems.append(Problem(path.name, line, "", rule))
                rows.append((line, cells))
        except csv.Error as error:
            raise ScenarioError([Problem(path.name, form.lines + reader.line_num, "", str(error))]) from None
    if problems:
        raise ScenarioError(problems[:8])
    if not rows:
        raise ScenarioError([Problem(path.name, 0, "", "holds no line but its header")])
    return Sheet(path.name, form.header, tuple(rows))
