"""``extends``: a file that says only what differs is laid over the one it names.

Departments match by name, links by (supplier, customer); ``remove: true`` deletes an item; ``changes`` and plain
lists replace. A key without a value (null) goes back to its default. Every value keeps the place it came from.
"""

from collections.abc import Iterator

from sim.scenario.parts import IDENTITY, item_name
from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.scenario.reading import Located


def laid_over(child: Located, parent: Located) -> Located:
    """The parent's tree with all that the child says otherwise."""
    problems: list[Problem] = []
    merged = _merged(child, parent, "", problems)
    if problems:
        raise ScenarioError(problems)
    return merged


def settled(tree: Located) -> Located:
    """A tree without keys that have no value, and without ``extends``, whose work is done.

    What a change sets is left alone: no value means the default there too, but on its day.
    """
    if isinstance(tree.value, dict):
        kept = {
            key: item if key == "set" else settled(item)
            for key, item in tree.value.items()
            if item.value is not None and key != "extends"
        }
        return Located(kept, tree.file, tree.line)
    if isinstance(tree.value, list):
        return Located([settled(item) for item in tree.value], tree.file, tree.line)
    return tree


def empty_keys(tree: Located, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths of the keys without a value, but for those under keys that the user is free to name."""
    for key, item in tree.mapping.items():
        if item.value is None:
            yield (*path, key)
        elif key not in {"set", "units"}:
            yield from empty_keys(item, (*path, key))
    for place, item in enumerate(tree.items):
        yield from empty_keys(item, (*path, place))


def identity(item: Located, kind: str) -> str:
    """What an item of a list is called: a department's name, ``supplier>customer`` of a link."""
    return item_name({key: value.plain for key, value in item.mapping.items() if key in IDENTITY[kind]}, kind)


def _merged(child: Located, parent: Located, path: str, problems: list[Problem]) -> Located:
    if not (isinstance(child.value, dict) and isinstance(parent.value, dict)):
        return child
    both = dict(parent.value)
    for key, value in child.value.items():
        inner = f"{path}.{key}" if path else key
        if not path and key in IDENTITY and key in both and isinstance(value.value, list):
            both[key] = _items(value, both[key], key, problems)
        elif key in both:
            both[key] = _merged(value, both[key], inner, problems)
        else:
            both[key] = value
    return Located(both, child.file, child.line)


def _items(child: Located, parent: Located, kind: str, problems: list[Problem]) -> Located:
    merged = {identity(item, kind): item for item in parent.items}
    twice = [name for name in merged if sum(identity(item, kind) == name for item in parent.items) > 1]
    seen: set[str] = set()
    for item in child.items:
        name = identity(item, kind)
        key = f"{kind}.{name}"
        if name in seen or name in twice:
            problems.append(item.problem(key, f"stands twice in the list of {kind}; names are unique"))
        seen.add(name)
        remove = item.mapping.get("remove")
        if remove is not None and set(item.mapping) - {*IDENTITY[kind], "remove"}:
            problems.append(item.problem(key, "is removed: nothing else can be said of it"))
        if remove is None:
            merged[name] = _merged(item, merged[name], key, problems) if name in merged else item
            continue
        if remove.value is not True:
            problems.append(remove.problem(f"{key}.remove", f"{shown(remove.plain)} is not allowed: true"))
        elif name not in merged:
            near = nearest(name, merged)
            problems.append(item.problem(key, "cannot be removed: the parent has no such item", near))
        merged.pop(name, None)
    return Located(list(merged.values()), child.file, child.line)
