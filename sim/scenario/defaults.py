"""How a number of the schema is declared: with its default, unit, range, source and confidence.

Confidence is one of: *read* in an abstract, a page or a reprint; *quoted* in a secondary source; *data*, computed
from a public data set; *recalled* from general knowledge; *choice*, nobody measured it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field, JsonValue
from pydantic.fields import FieldInfo

Confidence = Literal["read", "quoted", "data", "recalled", "choice"]


def quantity(  # noqa: PLR0913 - one argument for each thing that must be known of a number
    default: float | str | bool,
    unit: str,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    source: str = "",
    confidence: Confidence = "choice",
) -> Any:
    """A field of the schema: its value must lie in [low, high], or above ``above``, in the unit given."""
    about: dict[str, JsonValue] = {"unit": unit, "source": source, "confidence": confidence}
    return Field(default, ge=low, le=high, gt=above, description=meaning, json_schema_extra=about)


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
