"""Reading a log, whatever it is: CSV of any encoding and separator, or XES; each packed by gzip or not."""

from pathlib import Path

from sim.scenario.problems import Problem, ScenarioError
from sim.study.calibrate.log import Log
from sim.study.calibrate.options import Options


def read_log(path: str | Path, options: Options | None = None) -> Log:
    """The events of a log; ``ScenarioError`` names what cannot be read or understood, with its place."""
    path, options = Path(path), options or Options()
    if not path.is_file():
        rule = "is a folder, not a file" if path.is_dir() else "there is no such file"
        raise ScenarioError([Problem(str(path), 0, "", rule)])
    name = path.name.casefold().removesuffix(".gz")
    if name.endswith(".xes") or name.endswith(".xml"):
        from sim.study.calibrate.xes import read_xes  # noqa: PLC0415 - only one of both is needed

        return read_xes(path, options)
    from sim.study.calibrate.csv_log import read_csv  # noqa: PLC0415

    return read_csv(path, options)
