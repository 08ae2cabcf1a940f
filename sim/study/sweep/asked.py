"""What a study file may say, and how it is read: a base company, factors, a design, responses, a budget."""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, Strict, ValidationError, model_validator

from sim.scenario.dated import KeyRefusedError, value_at, with_values
from sim.scenario.load import find, validated, whole, with_days
from sim.scenario.part import Name, Part, Text, Words, misfit
from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.scenario.reading import Located, read
from sim.scenario.schema import Scenario
from sim.scenario.wording import worded
from sim.study.sweep.expressions import Expression, ExpressionError, Value

Number = Annotated[float, Strict(False)]
RESERVED: Final = frozenset({"point", "replication", "seed", "error"})
"""Columns of a study's table that are neither a factor nor an outcome."""
Kind: TypeAlias = Literal[
    "one_at_a_time", "grid", "latin_hypercube", "sobol_sequence", "morris", "sobol_indices", "points", "tipping"
]
_OPTIONS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "one_at_a_time": (frozenset(), frozenset({"steps"})),
    "grid": (frozenset(), frozenset({"steps", "fraction"})),
    "latin_hypercube": (frozenset({"points"}), frozenset({"seed"})),
    "sobol_sequence": (frozenset({"points"}), frozenset({"seed"})),
    "morris": (frozenset({"trajectories"}), frozenset({"steps", "seed"})),
    "sobol_indices": (frozenset({"points"}), frozenset({"second_order", "seed"})),
    "points": (frozenset({"file"}), frozenset()),
    "tipping": (frozenset(), frozenset({"steps"})),
}
"""Of each kind of design, the options that it needs and those that it may have."""


class Distribution(Part):
    """What is believed of a factor that nobody knows exactly; one of these."""

    uniform: Annotated[tuple[Number, Number], Strict(False)] | None = Field(None, description="lowest, highest")
    triangular: Annotated[tuple[Number, Number, Number], Strict(False)] | None = Field(
        None, description="lowest, most likely, highest"
    )
    normal: Annotated[tuple[Number, Number], Strict(False)] | None = Field(None, description="mean, standard deviation")
    lognormal: Annotated[tuple[Number, Number], Strict(False)] | None = Field(
        None, description="mean, coefficient of variation"
    )
    beta: Annotated[tuple[Number, Number, Number, Number], Strict(False)] | None = Field(
        None, description="both shapes, lowest, highest"
    )

    @model_validator(mode="after")
    def _one_that_exists(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise misfit(given[0] if given else "", f"name one of {', '.join(type(self).model_fields)}")
        [name] = given
        numbers = getattr(self, name)
        rules: dict[str, Callable[..., bool]] = {
            "uniform": lambda low, high: low < high,
            "triangular": lambda low, mode, high: low <= mode <= high and low < high,
            "normal": lambda _, spread: spread > 0.0,
            "lognormal": lambda mean, spread: mean > 0.0 and spread > 0.0,
            "beta": lambda one, other, low, high: one > 0.0 and other > 0.0 and low < high,
        }
        if not rules[name](*numbers):
            about = type(self).model_fields[name].description
            raise misfit(name, f"{list(numbers)}: {about} must rise, and spreads and shapes be above 0")
        return self


class Factor(Part):
    """What a study moves: one key of the scenario, or several by arithmetic; over a range, levels or a distribution."""

    key: str | None = Field(None, description="the dotted key that it is")
    keys: dict[str, str] = Field(default_factory=dict, description="dotted keys, each with arithmetic in the factors")
    title: Text = Field(default_factory=Words, description="what charts call it")
    range: Annotated[tuple[Number, Number], Strict(False)] | None = Field(None, description="lowest, highest")
    levels: Annotated[tuple[bool | int | float | str, ...], Strict(False)] = Field(
        (), description="values to be tried, numbers or words"
    )
    distribution: Distribution | None = None
    base: bool | int | float | str | None = Field(
        None, description="its value in the base, where that is not the key's"
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.key is None) == (not self.keys):
            raise misfit("key", "a factor has either one key, or keys with arithmetic")
        given = [name for name in ("range", "levels", "distribution") if getattr(self, name)]
        if len(given) > 1:
            raise misfit(given[-1], "a factor has one of range, levels, distribution")
        if self.range is not None and self.range[0] >= self.range[1]:
            raise misfit("range", f"{list(self.range)}: the second must be above the first")
        if self.levels and (len(self.levels) < 2 or len(set(map(repr, self.levels))) < len(self.levels)):
            raise misfit("levels", "at least two, each once")
        return self

    @property
    def moves(self) -> Mapping[str, str]:
        """Each key that it moves, with the arithmetic; nothing for the factor as it is."""
        return {self.key: ""} if self.key is not None else self.keys


class Response(Part):
    """An outcome of the company, of a department or of a link."""

    outcome: str
    department: str | None = None
    link: str | None = None

    @property
    def column(self) -> str:
        """What a table calls it."""
        where = self.department or self.link
        return f"{self.outcome} of {where}" if where else self.outcome


def _response(value: object) -> object:
    return {"outcome": value} if isinstance(value, str) else value


class Design(Part):
    """Which points are tried."""

    kind: Kind
    points: int | None = Field(None, ge=2, le=10_000_000, description="points; of sobol_indices the base sample, 2^k")
    steps: int | None = Field(None, ge=2, le=1000, description="values of a factor that has a range")
    fraction: int | None = Field(None, ge=2, le=1000, description="of a grid, only one point in so many (regular)")
    trajectories: int | None = Field(None, ge=2, le=100_000, description="of morris")
    second_order: bool | None = Field(None, description="of sobol_indices: pairs of factors too")
    file: str | None = Field(None, description="a CSV table with a column for each factor")
    seed: int | None = Field(None, ge=0, lt=2**32, description="of the points' own luck; 1 if missing")

    @model_validator(mode="after")
    def _has_its_options(self) -> Self:
        needed, possible = _OPTIONS[self.kind]
        given = self.model_fields_set - {"kind"}
        for name in sorted(needed - given):
            raise misfit(name, f"{self.kind} needs it")
        for name in sorted(given - needed - possible):
            also = ", ".join(sorted(needed | possible)) or "no options"
            raise misfit(name, f"has no meaning for {self.kind}, which has {also}")
        if self.kind == "sobol_indices" and self.points and self.points & (self.points - 1):
            lower = 1 << (self.points.bit_length() - 1)
            raise misfit("points", f"{self.points}: must be a power of 2, as {lower} or {2 * lower}")
        return self


class Survey(Part):
    """A survey of morale while the factor of a study of tipping points drifts to its bad end."""

    weeks: int = Field(208, ge=4, le=5000, description="so long the factor takes; choice")
    every_weeks: int = Field(13, ge=1, le=52, description="the survey comes so often; choice: a quarter of a year")
    people: int = Field(30, ge=1, le=1_000_000, description="so many answer; choice")
    spread: Number = Field(
        20.0,
        gt=0.0,
        le=50.0,
        description="standard deviation between answers, points; choice: .8 of a five-point scale",
    )


class Discover(Part):
    """Companies that one fears or hopes for: those whose mean response lies beyond a limit."""

    response: str
    below: Number | None = None
    above: Number | None = None

    @model_validator(mode="after")
    def _has_one_limit(self) -> Self:
        if (self.below is None) == (self.above is None):
            raise misfit("below", "name one limit: below or above")
        return self

    @property
    def said(self) -> str:
        """The limit."""
        return f"below {self.below:g}" if self.below is not None else f"above {self.above:g}"


class Budget(Part):
    """What a study may cost; it is refused before it begins if it would cost more."""

    runs: int | None = Field(None, ge=1)
    hours: Number | None = Field(None, gt=0.0, description="of the processors together")
    megabytes: Number | None = Field(None, gt=0.0, description="on the disk")


class Question(Part):
    """A study, whole: what its file says."""

    name: Name
    title: Text = Field(default_factory=Words)
    question: Text = Field(default_factory=Words)
    base: str = Field(description="the scenario from which all points start: a path, or the name of one that ships")
    days: int | None = Field(None, ge=1, le=100_000, description="observed days, instead of the base's")
    factors: dict[Name, Factor] = Field(min_length=1)
    design: Design
    responses: Annotated[tuple[Annotated[Response, BeforeValidator(_response)], ...], Strict(False)] = Field(
        (Response(outcome="customer_satisfaction"), Response(outcome="profit")), min_length=1
    )
    replications: int = Field(4, ge=1, le=1_000_000, description="runs of each point; choice")
    precision: dict[str, Annotated[Number, Field(gt=0.0)]] = Field(
        default_factory=dict,
        description="half width of the 95 % interval of points' means, by response: runs are added up to it",
    )
    most_replications: int = Field(100, ge=2, le=1_000_000, description="of each point, for a precision; choice")
    seed: int = Field(1, ge=0, lt=2**63, description="where all luck comes from; the same for all points")
    decisions: Annotated[tuple[str, ...], Strict(False)] = Field(
        (), description="factors that one decides; the others are what the world may be like"
    )
    surrogate: bool = Field(False, description="whether one is learnt from points that fill the space")
    discover: Discover | None = Field(None, description="look for the part of the space in which companies are such")
    warning: Survey | None = Field(None, description="of tipping: how early this survey would have warned")
    budget: Budget = Budget()


class Asked:
    """A study file that was read, with the company that it starts from; all of it fits together."""

    def __init__(self, question: Question, base: Scenario, path: Path, tree: Located) -> None:
        self.question = question
        self.base = base
        self.path = path
        self._tree = tree
        self.arithmetic = {
            name: {key: Expression(text or name) for key, text in factor.moves.items()}
            for name, factor in question.factors.items()
        }

    def of_points(self) -> "Asked":
        """The same study of points that are given instead of a design."""
        design = Design(kind="points", file="given")
        return Asked(self.question.model_copy(update={"design": design}), self.base, self.path, self._tree)

    def problem(self, where: tuple[str | int, ...], rule: str, near: str = "") -> ScenarioError:
        """What is found wrong later on, with its line."""
        return ScenarioError([_problem(self._tree, where, rule, near)])

    def in_the_base(self, name: str) -> Value:
        """A factor's value in the base."""
        factor = self.question.factors[name]
        if factor.base is not None:
            return factor.base
        return value_at(self.base, next(iter(factor.moves)))  # type: ignore[no-any-return]

    def is_whole(self, name: str) -> bool:
        """Whether a factor is a whole number: the one key that it is wants one."""
        factor = self.question.factors[name]
        if factor.key is None:
            return False
        found = value_at(self.base, factor.key)
        return isinstance(found, int) and not isinstance(found, bool)


def is_study(file: str | Path) -> bool:
    """Whether a file is there, with or without ``.yaml``, and is a study, no scenario: it speaks of factors."""
    path = _file(file)
    return path.is_file() and "factors" in read(path).mapping


def _file(file: str | Path) -> Path:
    path = Path(file)
    return path if path.suffix or path.is_file() else path.with_suffix(".yaml")


def read_study(file: str | Path) -> Asked:
    """The study of a file; ``ScenarioError`` lists all that is wrong, each with its line."""
    path = _file(file)
    tree = read(path)
    try:
        question = Question.model_validate({"name": path.stem} | tree.plain)
    except ValidationError as error:
        raise ScenarioError(
            [
                _problem(tree, where, rule, near)
                for item in error.errors(include_url=False)
                for where, rule, near in worded(item, Question)
            ]
        ) from None
    base = _base(tree, question, path)
    return _fitting(tree, question, base, path)


def _base(tree: Located, question: Question, path: Path) -> Scenario:
    written = tree.mapping["base"]
    try:
        file = find(question.base, beside=path.parent)
    except ScenarioError as error:
        [problem] = error.problems
        raise ScenarioError(
            [written.problem("base", f"{shown(question.base)}: {problem.rule}", problem.nearest)]
        ) from None
    base = validated(whole(file), file.stem)
    return base if question.days is None else with_days(base, question.days)


def _fitting(tree: Located, question: Question, base: Scenario, path: Path) -> Asked:
    """Factors move keys that are there, each once; responses are outcomes of the base."""
    problems: list[Problem] = []
    moved: dict[str, str] = {}
    for name, factor in question.factors.items():
        if name in RESERVED or not name.isidentifier():
            rule = "a factor's name is a word of letters, digits and _, and none of " + ", ".join(sorted(RESERVED))
            problems.append(_problem(tree, ("factors", name), rule, ""))
        if question.design.kind != "points" and not (factor.range or factor.levels or factor.distribution):
            rule = "needs one of range, levels, distribution"
            problems.append(_problem(tree, ("factors", name), rule, ""))
        for key, text in factor.moves.items():
            place = ("factors", name, "key") if factor.key is not None else ("factors", name, "keys", key)
            problems += [_problem(tree, place, *said) for said in _wrong_key(question, base, key, text)]
            if factor.key is not None and not problems:
                field = "range" if factor.range else "levels"
                whole_number = isinstance(value_at(base, key), int)
                ends = [round(end) if whole_number else end for end in factor.range or ()] + list(factor.levels)
                problems += [
                    _problem(tree, ("factors", name, field), f"{key} {rule}", "")
                    for rule in dict.fromkeys(rule for end in ends for rule in _beyond(base, key, end))
                ]
            if key in moved:
                problems.append(_problem(tree, place, f"{key} is moved by {moved[key]} too", ""))
            moved[key] = name
        needs_base = question.design.kind == "one_at_a_time" and factor.base is None
        if needs_base and any(text.strip() != name for text in factor.keys.values()):
            rule = "needs base: its value in the base, which does not follow from its arithmetic"
            problems.append(_problem(tree, ("factors", name), rule, ""))
    problems += [
        _problem(tree, ("decisions", number), f"{shown(name)} is no factor here", nearest(name, question.factors))
        for number, name in enumerate(question.decisions)
        if name not in question.factors
    ]
    if question.decisions and question.design.kind not in {"grid", "points"}:
        rule = "need a grid, or points in which every decision meets every world"
        problems.append(_problem(tree, ("decisions",), rule, ""))
    if question.decisions and set(question.decisions) >= question.factors.keys():
        rule = "name only some of the factors: the others are the worlds that decisions meet"
        problems.append(_problem(tree, ("decisions",), rule, ""))
    problems += [
        _problem(tree, where, rule, "") for where, rule in (*_wrong_tipping(question), *_wrong_space(question))
    ]
    responses = [response.column for response in question.responses]
    problems += [
        _problem(
            tree,
            ("precision", name),
            f"{shown(name)} is no response of this study; these are: {', '.join(responses)}",
            nearest(name, responses),
        )
        for name in question.precision
        if name not in responses
    ]
    if question.precision and question.replications < 2:
        problems.append(_problem(tree, ("replications",), "a precision needs at least two to begin with", ""))
    if problems:
        raise ScenarioError(problems)
    return Asked(question, base, path, tree)


def _wrong_tipping(question: Question) -> Iterator[tuple[tuple[str, ...], str]]:
    """A company tips over one factor that is a number."""
    if question.design.kind != "tipping":
        if question.warning is not None:
            yield ("warning",), "belongs to a design of the kind tipping"
        return
    if len(question.factors) > 1:
        yield ("factors",), "tipping follows one factor; it may move several keys"
        return
    [(name, factor)] = question.factors.items()
    if factor.range is None and any(isinstance(level, bool | str) for level in factor.levels or ("",)):
        yield ("factors", name), "tipping needs a range, or levels that are numbers"
    if question.warning is not None and factor.key is None and factor.base is None:
        yield ("factors", name), "needs base: the value from which it drifts"


def _wrong_space(question: Question) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is learnt from points needs points that fill the space, and its library."""
    kind, fill = question.design.kind, {"latin_hypercube", "sobol_sequence"}
    if question.surrogate and kind not in fill:
        yield ("surrogate",), f"needs points that fill the space: a design of the kind {' or '.join(sorted(fill))}"
    if question.discover is not None and kind not in fill | {"grid", "points"}:
        yield ("discover",), "needs points that fill the space, a grid or a table of points"
    if question.discover is not None:
        responses = [response.column for response in question.responses]
        if question.discover.response not in responses:
            yield ("discover", "response"), f"is no response of this study; these are: {', '.join(responses)}"
    for name, is_asked, library in (
        ("surrogate", question.surrogate, "sklearn"),
        ("surrogate", question.surrogate, "SALib"),
        ("discover", question.discover is not None, "ema_workbench"),
    ):
        if is_asked and find_spec(library) is None:
            extra = "sensitivity" if library == "SALib" else {"surrogate": "surrogate", "discover": "discovery"}[name]
            yield (name,), f'needs a library: python -m pip install "customer-chain[{extra}]"'


def _beyond(base: Scenario, key: str, value: Value) -> Iterator[str]:
    """What the schema says against a value at a key; what other factors may mend is left to the runs."""
    try:
        with_values(base, {key: value})
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if item["type"] not in {"rules", "misfit"}:
                yield from (rule for _, rule, _ in worded(item, Scenario))


def _wrong_key(question: Question, base: Scenario, key: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        value_at(base, key)
    except KeyRefusedError as error:
        yield f"{shown(key)}: {error}", error.near
        return
    if not text:
        return
    try:
        unknown = Expression(text).names - question.factors.keys()
    except ExpressionError as error:
        yield f"{shown(text)} {error}", ""
        return
    for name in sorted(unknown):
        yield f"{shown(name)} is no factor here", nearest(name, question.factors)


def _problem(tree: Located, where: tuple[str | int, ...], rule: str, near: str) -> Problem:
    """The problem at a path of keys and positions, on the line of the nearest thing that is written."""
    at = tree
    for part in where:
        inner = at.mapping.get(str(part))
        if isinstance(part, int) and part < len(at.items):
            inner = at.items[part]
        if inner is None:
            break
        at = inner
    return at.problem(".".join(map(str, where)), rule, near)


def plain(question: Question) -> dict[str, Any]:
    """All that a study asks, in plain types."""
    return question.model_dump(mode="json", exclude_none=True)
