"""How a number of the schema is declared: with its default, unit, range, source and confidence.

Confidence is one of: *read* in an abstract, a page or a reprint; *quoted* in a secondary source; *data*, computed
from a public data set; *recalled* from general knowledge; *choice*, nobody measured it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, Field, JsonValue
from pydantic.fields import FieldInfo

PartType = TypeVar("PartType", bound=BaseModel)
Confidence = Literal["read", "quoted", "data", "recalled", "choice"]


def quantity(  # noqa: PLR0913 - one argument for each thing that must be known of a number
    default: float | str | bool | None,
    unit: str,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    source: str = "",
    confidence: Confidence = "choice",
    neutral: float | None = None,
) -> Any:
    """A field of the schema: its value must lie in [low, high], or above ``above``, in the unit given.

    ``neutral``: what holds with ``psychology: none`` where the file does not set the key.
    """
    about: dict[str, JsonValue] = {"unit": unit, "source": source, "confidence": confidence}
    if neutral is not None:
        about["neutral"] = neutral
    return Field(default, ge=low, le=high, gt=above, description=meaning, json_schema_extra=about)


def neutralised(part: PartType) -> PartType:
    """A part with every key that is not set, and has a neutral value, at that value; what counts as set stays."""
    unset = {
        name: field.json_schema_extra["neutral"]
        for name, field in type(part).model_fields.items()
        if name not in part.model_fields_set
        and isinstance(field.json_schema_extra, dict)
        and "neutral" in field.json_schema_extra
    }
    copy = part.model_copy(update=unset)
    object.__setattr__(copy, "__pydantic_fields_set__", set(part.model_fields_set))
    return copy


@dataclass(frozen=True, slots=True)
class Default:
    """One row of the table of defaults."""

    key: str
    default: Any
    unit: str
    range: str
    confidence: str
    source: str
    meaning: str


def defaults(model: type[BaseModel], prefix: str = "") -> Iterator[Default]:
    """The table of defaults of a schema, in the order in which it declares them."""
    for name, field in model.model_fields.items():
        key = f"{prefix}{name}"
        if isinstance(field.json_schema_extra, dict) and "unit" in field.json_schema_extra:
            about = field.json_schema_extra
            yield Default(
                key=key,
                default=field.default,
                unit=str(about["unit"]),
                range=allowed(field),
                confidence=str(about["confidence"]),
                source=str(about["source"]),
                meaning=field.description or "",
            )
        for inner, many in models_in(field.annotation):
            yield from defaults(inner, f"{key}[]." if many else f"{key}.")


def allowed(field: FieldInfo) -> str:
    """The range of a field in words: ``0 to 1``, ``more than 0``, ``a, b or c``."""
    bounds = {type(item).__name__: item for item in field.metadata}
    low, high, above = (
        getattr(bounds.get(kind), attr, None) for kind, attr in (("Ge", "ge"), ("Le", "le"), ("Gt", "gt"))
    )
    if low is not None and high is not None:
        return f"{low:,g} to {high:,g}"
    if above is not None:
        return f"more than {above:,g}" + (f" and at most {high:,g}" if high is not None else "")
    if low is not None:
        return f"at least {low:,g}"
    words = [str(word) for word in get_args(field.annotation) if isinstance(word, str)]
    return ", ".join(words) if words else "true, false" if field.annotation is bool else "any"


def models_in(annotation: Any, many: bool = False) -> Iterator[tuple[type[BaseModel], bool]]:
    """The models that an annotation speaks of, each with whether it speaks of a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, many
    for inner in get_args(annotation):
        yield from models_in(inner, many=getattr(annotation, "__origin__", None) is tuple)
