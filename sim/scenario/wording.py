"""What the validator found, in the words of the scenario file: value, rule, nearest valid word."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from sim.scenario.defaults import allowed, models_in
from sim.scenario.part import Words
from sim.scenario.problems import listed, nearest, shown

Path = tuple[str | int, ...]
_TYPES = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "string_type": "a text",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "tuple_type": "a list",
    "finite_number": "a finite number",
}


def worded(error: Any, model: type[BaseModel]) -> Iterator[tuple[Path, str, str]]:
    """Path, rule and nearest valid word of what one error of pydantic (``ErrorDetails``) says of a model."""
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    value, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "rules":
            for breach in context["breaches"]:
                yield breach.path, breach.rule, breach.nearest
        case "misfit":
            yield (*path, context["key"]), context["rule"], ""
        case "name":
            yield path, f"{shown(value)} is not allowed: {context['rule']}", ""
        case "extra_forbidden":
            yield path, *no_key_here(model, path)
        case "missing":
            yield path, "is missing; it has no default", ""
        case "literal_error":
            words = [str(word) for word in get_args(_field_at(model, path).annotation)]
            yield path, f"{shown(value)} is not allowed: {listed(words)}", nearest(value, words)
        case "too_short" if value:
            pass  # the list is not empty: its items are wrong, and each says so itself
        case "too_short" | "string_too_short":
            yield path, "is empty; it needs at least one", ""
        case "model_type" if _model_at(model, path) is Words:
            yield path, f"{shown(value)} is not allowed: a text, or {{en: a text, es: a text}}", ""
        case kind if kind in _TYPES:
            unit = _unit(model, path)
            yield path, f"{shown(value)} is not allowed: {_TYPES[kind]}{unit}", ""
        case _:
            field = _field_at(model, path)
            rule = allowed(field) if field is not None else error["msg"]
            yield path, f"{shown(value)} is not allowed: {rule}{_unit(model, path)}", ""


def no_key_here(model: type[BaseModel], path: Path) -> tuple[str, str]:
    """Rule and nearest valid word for a key that a model does not know at a path."""
    keys = list(_model_at(model, path[:-1]).model_fields)
    near = nearest(path[-1], keys)
    return "is no key here" + ("" if near else f"; the keys are {', '.join(keys)}"), near


def is_key(model: type[BaseModel], path: Path) -> bool:
    """Whether a model knows the key at a path."""
    return path[-1] in _model_at(model, path[:-1]).model_fields


def _unit(model: type[BaseModel], path: Path) -> str:
    field = _field_at(model, path)
    about = field.json_schema_extra if field is not None else None
    unit = about.get("unit") if isinstance(about, dict) else ""
    return f" ({unit})" if unit else ""


def _field_at(model: type[BaseModel], path: Path) -> Any:
    """The declaration of the key at a path, or ``None`` where the path leads into a mapping of free keys."""
    names = [part for part in path if isinstance(part, str)]
    return _model_at(model, path[:-1]).model_fields.get(names[-1]) if names else None


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    for part in path:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        inner = next(models_in(field.annotation), None) if field is not None else None
        model = inner[0] if inner else model
    return model
