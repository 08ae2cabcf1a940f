"""A log as XES (IEEE 1849), read as a stream; a document type, with which entities could be declared, is refused."""

from pathlib import Path
from typing import Final
from xml.parsers import expat

from sim.scenario.problems import Problem, ScenarioError
from sim.study.calibrate.collecting import Collector
from sim.study.calibrate.columns import missing, recognised, settled
from sim.study.calibrate.csv_log import opened
from sim.study.calibrate.log import Log
from sim.study.calibrate.options import Options

_BLOCK: Final = 1 << 20
_BATCH: Final = 50_000
_VALUES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})
_CASE: Final = "case:concept:name"


def read_xes(path: Path, options: Options) -> Log:
    """The events of an XES file; a trace's own attributes are columns that begin with ``case:``."""
    reader = _Reader(path.name, options)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    parser.buffer_text = True
    try:
        with opened(path) as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except LookupError as error:
        raise ScenarioError([Problem(path.name, 1, "", f"is in an encoding that is not known: {error}")]) from None
    except expat.ExpatError as error:
        text = expat.errors.messages.get(error.code, str(error)) if isinstance(error.code, int) else str(error)
        rule = f"is no whole XML: {expat.ErrorString(error.code) or text}; nothing of it is used"
        raise ScenarioError([Problem(path.name, error.lineno, "", rule)]) from None
    return reader.finish()


class _Reader:
    """Takes the elements of a log as they come, and hands events on in batches."""

    def __init__(self, file: str, options: Options) -> None:
        self._file = file
        self._options = options
        self._collector: Collector | None = None
        self._where: list[str] = []
        self._case: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._rows: list[dict[str, str]] = []
        self._columns: dict[str, str] = {}
        self._passed = 0
        self._empty: list[str] = []
        self._stray = 0
        self._is_log = False

    def refuse_document_type(self, *_: object) -> None:
        rule = "declares a document type, which an event log has no use for and which could make it grow without end"
        raise ScenarioError([Problem(self._file, 1, "", rule)])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        inside = self._where[-1] if self._where else ""
        self._where.append(tag)
        if tag == "log":
            self._is_log = True
        elif tag == "trace":
            self._case = {}
        elif tag == "event":
            self._event = {}
        elif tag in _VALUES and "key" in attributes:
            if inside == "event":
                self._event[attributes["key"]] = attributes.get("value", "")
            elif inside == "trace":
                self._case[f"case:{attributes['key']}"] = attributes.get("value", "")

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._where.pop()
        if tag == "event" and self._where and self._where[-1] == "trace":
            self._rows.append(self._event | self._case)
            if len(self._rows) == _BATCH:
                self._hand_on()
            self._case.setdefault("", "")
        elif tag == "event":
            self._stray += 1
        elif tag == "trace" and "" not in self._case:
            self._empty.append(self._case.get(_CASE, "?"))

    def finish(self) -> Log:
        if not self._is_log:
            raise ScenarioError([Problem(self._file, 1, "", "is no event log: there is no element log in it")])
        self._hand_on()
        if self._collector is None:
            raise ScenarioError([Problem(self._file, 0, "", "holds no event: there is nothing to read")])
        if self._stray:
            self._collector.notes.mend("event outside of any case: left out", "", self._stray)
        for case in self._empty:
            self._collector.notes.mend("case without an event: left out", f"case {case}")
        return self._collector.finish()

    def _hand_on(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - takes a while to load

        if not self._rows:
            return
        if self._collector is None:
            self._collector = self._begun()
        batch = {
            role: pa.array([row.get(name, "") for row in self._rows], pa.string())
            for role, name in self._columns.items()
        }
        self._collector.add(batch, self._passed)
        self._passed += len(self._rows)
        self._rows = []

    def _begun(self) -> Collector:
        """What the first events say of the columns that there are."""
        header = list(dict.fromkeys(key for row in self._rows for key in row if key))
        given = dict(self._options.columns)
        lifecycle = {row.get("lifecycle:transition", "").casefold() for row in self._rows} - {""}
        if "status" not in given and lifecycle <= {"complete"} and "concept:name" in header:
            given["status"] = "concept:name"
        self._columns = settled(recognised(header, given, self._file, 0), given, once=False)
        groups_known = self._options.departments is not None
        problems = list(missing(self._columns, header, self._file, groups_known=groups_known))
        if problems:
            raise ScenarioError(problems)
        used = set(self._columns.values())
        unused = [name for name in header if name not in used]
        return Collector(self._file, "XES", "event", self._columns, unused, self._options)
