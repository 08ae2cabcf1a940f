"""From a path or a name to a scenario: read, lay over what it extends, validate, name every problem with its line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.scenario import inheritance
from sim.scenario.parts import IDENTITY
from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.scenario.reading import Located, read
from sim.scenario.rules import names_in_order
from sim.scenario.schema import Scenario
from sim.scenario.shipped import shipped
from sim.scenario.wording import Path as KeyPath
from sim.scenario.wording import is_key, no_key_here, worded


def load(scenario: str | Path) -> Scenario:
    """The scenario of a file, or of the name of one that ships; ``ScenarioError`` lists all that is wrong."""
    path = find(scenario)
    return validated(whole(path), path.stem)


def with_days(scenario: Scenario, days: int) -> Scenario:
    """The same company observed for another number of days; ``ScenarioError`` if a change lies beyond them."""
    plain = scenario.model_dump(exclude_unset=True) | {"days": days}
    try:
        return Scenario.model_validate(plain)
    except ValidationError as error:
        found = [item for details in error.errors(include_url=False) for item in worded(details, Scenario)]
        problems = [Problem(scenario.name, 0, f"days {days}", rule, near) for _, rule, near in found]
        raise ScenarioError(problems) from None


def find(scenario: str | Path, beside: Path | None = None) -> Path:
    """The file meant by a path, with or without ``.yaml``, or else by the name of a shipped scenario.

    A path is seen from ``beside``, if given, then from where one stands; so a file of one's own goes before one that
    ships.
    """
    written = Path(scenario)
    for folder in dict.fromkeys((beside or Path(), Path())):
        for path in (folder / written, folder / f"{written}.yaml"):
            if _exists(path):
                return path
    ships = shipped()
    if str(scenario) in ships:
        return ships[str(scenario)]
    alone = [name for name in ships if "/" not in name]
    inside = sorted({name.rpartition("/")[0] for name in ships} - {""})
    these = ", ".join(alone) + "".join(f", and those of {folder}/" for folder in inside)
    rule = f"there is no such file, nor does a scenario of that name ship; these do: {these}"
    raise ScenarioError([Problem(shown(str(scenario)), 0, "", rule, nearest(written.stem, ships))])


def _exists(path: Path) -> bool:
    """Whether a file could be meant: a folder of the same name (results of ``plant``, say) is not."""
    try:
        return path.exists() and not (path.is_dir() and not path.suffix)
    except OSError:  # a name too long for any file
        return False


def whole(path: Path, children: tuple[Path, ...] = ()) -> Located:
    """The tree of a file, laid over those it extends, down to the first."""
    tree = read(path)
    row = (*children, path.resolve())
    if "extends" not in tree.mapping:
        return tree
    written = tree.mapping["extends"]
    if not isinstance(written.value, str):
        raise ScenarioError([written.problem("extends", "must be a path or the name of a scenario")])
    try:
        parent = find(written.value, beside=path.parent)
    except ScenarioError as error:
        [problem] = error.problems
        rule = f"'{written.value}': {problem.rule}"
        raise ScenarioError([written.problem("extends", rule, problem.nearest)]) from None
    if parent.resolve() in row:
        circle = " > ".join(item.name for item in [*row[row.index(parent.resolve()) :], parent])
        raise ScenarioError([written.problem("extends", f"goes round in a circle: {circle}")])
    below = whole(parent, row)
    # What a file is called and what it asks is its own, never its parent's.
    own = {key: item for key, item in below.mapping.items() if key not in {"name", "title", "question"}}
    return inheritance.laid_over(tree, Located(own, below.file, below.line))


def validated(tree: Located, stem: str) -> Scenario:
    """The scenario that a tree says; ``stem`` is its name if it has none."""
    unknown = [path for path in inheritance.empty_keys(tree) if path != ("extends",) and not is_key(Scenario, path)]
    problems = [_problem(tree, path, *no_key_here(Scenario, path)) for path in unknown]
    tree = inheritance.settled(tree)
    plain = {"name": stem} | tree.plain
    found: list[Any] = []
    try:
        scenario = Scenario.model_validate(plain)
        if not problems:
            return scenario
    except ValidationError as error:
        found = list(error.errors(include_url=False))
    problems += [_problem(tree, path, rule, near) for item in found for path, rule, near in worded(item, Scenario)]
    if not any(item["type"] == "rules" for item in found):
        problems += _problems_with_names(tree)
    raise ScenarioError(problems)


def _problems_with_names(tree: Located) -> Iterable[Problem]:
    """Rules that need names only, tried although some number or key is still wrong."""
    departments = tree.mapping.get("departments")
    links = tree.mapping.get("links")
    if departments is None or links is None:
        return
    names = [inheritance.identity(item, "departments") for item in departments.items]
    pairs = [inheritance.identity(item, "links").split(">", 1) for item in links.items]
    if "?" in names or any("?" in pair for pair in pairs):
        return
    for breach in names_in_order(names, [(supplier, customer) for supplier, customer in pairs]):
        yield _problem(tree, breach.path, breach.rule, breach.nearest)


def _problem(tree: Located, path: KeyPath, rule: str, near: str) -> Problem:
    """The problem at a path of keys, positions and names, on the line of the nearest thing that is written."""
    at = tree
    words: list[str] = []
    found = True
    for depth, part in enumerate(path):
        kind = str(path[0])
        named = depth == 1 and kind in IDENTITY
        item: Located | None
        if isinstance(part, int) and part < len(at.items):
            item = at.items[part] if kind != "changes" else _by_day(at.items)[part]
        elif named:
            item = next((item for item in reversed(at.items) if inheritance.identity(item, kind) == part), None)
        else:
            item = at.mapping.get(str(part))
        words.append(inheritance.identity(item, kind) if named and item is not None else str(part))
        found = found and item is not None
        at = item if found and item is not None else at
    key = ".".join(words)
    if path and path[0] == "changes" and len(path) > 2:
        day = _by_day(tree.mapping["changes"].items)[int(path[1])].mapping.get("day")
        key = f"changes[day {day.plain if day else '?'}]." + ".".join(map(str, path[2:]))
    return at.problem(key, rule, near)


def _by_day(items: list[Located]) -> list[Located]:
    """Changes as a scenario sorts them; those whose day is not yet a number keep their place."""
    days = [item.mapping["day"].value if "day" in item.mapping else None for item in items]
    if not all(isinstance(day, int) for day in days):
        return items
    return [item for _, item in sorted(zip(days, items, strict=True), key=lambda pair: int(str(pair[0])))]
