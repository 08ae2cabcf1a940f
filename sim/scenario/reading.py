"""YAML 1.2 text becomes a tree in which every value knows its file and line.

Only the composer of the YAML library is used, never a constructor: nothing in a file can be executed, aliases
are expanded under a bound, and a duplicate key is seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from sim.scenario.problems import Problem, ScenarioError, shown

MOST_BYTES = 2_000_000  # choice: room for several thousand departments, far from what would stall a reader
MOST_VALUES = 200_000  # choice: as many values as such a file can hold; a bomb of aliases holds millions
DEEPEST = 24  # choice: a scenario needs seven levels
_PLAIN_TAGS = {"map", "seq", "str", "int", "float", "bool", "null", "timestamp"}

Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Located:
    """A value with the place where it was written: a scalar, or a mapping or list of located values."""

    value: "Scalar | dict[str, Located] | list[Located]"
    file: str
    line: int

    @property
    def plain(self) -> Any:
        """The same tree in plain dictionaries, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: item.plain for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain for item in self.value]
        return self.value

    @property
    def mapping(self) -> "dict[str, Located]":
        """The value if it is a mapping, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Located]":
        """The value if it is a list, else an empty one."""
        return self.value if isinstance(self.value, list) else []

    def problem(self, key: str, rule: str, nearest: str = "") -> Problem:
        """What is wrong here."""
        return Problem(self.file, self.line, key, rule, nearest)


def read(path: Path) -> Located:
    """The tree of a file; ``ScenarioError`` if it is missing, not UTF-8, not YAML, or too large."""
    return parse(_text(path), str(path))


def parse(text: str, file: str) -> Located:
    """The tree of a YAML text; ``file`` is what messages call it."""
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        if node is None:
            raise ScenarioError([Problem(file, 1, "", "the file is empty; a scenario needs departments and links")])
        tree = _Builder(file).tree(node)
    except ReaderError as error:
        raise ScenarioError([Problem(file, 0, "", f"holds a character that YAML forbids: {error.character}")]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        rule = "is not valid YAML: " + " ".join(
            part for part in (error.problem, f"({error.context})" if error.context else "") if part
        )
        raise ScenarioError([Problem(file, mark.line + 1 if mark else 0, "", rule)]) from None
    except YAMLError as error:
        raise ScenarioError([Problem(file, 0, "", f"is not valid YAML: {shown(str(error))}")]) from None
    except RecursionError:
        raise ScenarioError([Problem(file, 0, "", f"nests deeper than {DEEPEST} levels")]) from None
    if not isinstance(tree.value, dict):
        rule = f"{shown(tree.plain)} is not a mapping of keys to values, as a scenario is"
        raise ScenarioError([Problem(file, tree.line, "", rule)])
    return tree


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "no regular file"
            raise ScenarioError([Problem(str(path), 0, "", f"is {kind}; a scenario is a file")])
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ScenarioError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    if len(data) > MOST_BYTES:
        rule = f"is larger than {MOST_BYTES / 1e6:g} MB, the most a scenario file may have"
        raise ScenarioError([Problem(str(path), 0, "", rule)])
    if b"\0" in data:
        raise ScenarioError([Problem(str(path), 0, "", "is not text; a scenario is a YAML file in UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        rule = "is not UTF-8; save the file as UTF-8"
        raise ScenarioError([Problem(str(path), line, "", rule)]) from None


class _Builder:
    """Turns the composer's nodes into located values, collecting what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values = 0
        self.problems: list[Problem] = []

    def tree(self, node: Node) -> Located:
        tree = self._located(node, node.start_mark.line + 1, "", 0)
        if self.problems:
            raise ScenarioError(self.problems)
        return tree

    def _located(self, node: Node, line: int, key: str, depth: int) -> Located:
        self.values += 1
        if self.values > MOST_VALUES:
            rule = f"expands to more than {MOST_VALUES:,} values; aliases that repeat aliases are not for scenarios"
            raise ScenarioError([Problem(self.file, line, "", rule)])
        if depth > DEEPEST:
            raise ScenarioError([Problem(self.file, line, "", f"nests deeper than {DEEPEST} levels")])
        self._refuse_foreign_tag(str(node.tag), line, key)
        if isinstance(node, MappingNode):
            return Located(dict(self._pairs(node, key, depth)), self.file, line)
        if isinstance(node, SequenceNode):
            items = [
                self._located(item, item.start_mark.line + 1, f"{key}[{index}]", depth + 1)
                for index, item in enumerate(node.value)
            ]
            return Located(items, self.file, line)
        return Located(_scalar(str(node.tag), str(node.value)), self.file, line)

    def _pairs(self, node: MappingNode, parent: str, depth: int) -> Iterator[tuple[str, Located]]:
        first_seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.problems.append(Problem(self.file, line, parent, "a key must be a word, not a list or a mapping"))
                continue
            name = str(key_node.value)
            key = f"{parent}.{name}" if parent else name
            if name in first_seen:
                rule = f"is written twice; it stands on line {first_seen[name]} already"
                self.problems.append(Problem(self.file, line, key, rule))
            first_seen.setdefault(name, line)
            yield name, self._located(value_node, line, key, depth + 1)

    def _refuse_foreign_tag(self, tag: str, line: int, key: str) -> None:
        kind = tag.removeprefix("tag:yaml.org,2002:")
        if kind not in _PLAIN_TAGS:
            rule = f"the tag !{kind.lstrip('!')} is not allowed: a scenario holds plain values"
            self.problems.append(Problem(self.file, line, key, rule))


def _scalar(tag: str, text: str) -> Scalar:
    match tag.removeprefix("tag:yaml.org,2002:"):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" | "float":
            return _number(text)
        case _:
            return text


def _number(text: str) -> Scalar:
    """An integer if it is written as one, else a float; text where Python knows no such number."""
    bare = text.replace("_", "").lower()
    if bare.lstrip("+-") in {".inf", ".nan"}:
        return float(bare.replace(".", ""))
    try:
        sign, digits = (-1, bare[1:]) if bare[0] == "-" else (1, bare.lstrip("+"))
        if digits[:2] in {"0x", "0o", "0b"}:
            return sign * int(digits, 0)
        return sign * int(digits) if digits.isdigit() and len(digits) < 100 else float(bare)
    except ValueError:
        return text
