"""The report as one page: everything inside, nothing asked of any other place, made to be printed too."""

from base64 import b64encode
from pathlib import Path

from sim.show.compare.document import Amount, Cell, Document, Mark

_TEMPLATE = Path(__file__).with_name("report.html.jinja")
_IN_CSS = str.maketrans({'"': "\\22 ", "\\": "\\5c ", "<": "\\3c ", "\n": " "})


def page(document: Document) -> str:
    """The HTML. All texts are escaped: what stands in a scenario is shown and never interpreted."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes a while to load
    from markupsafe import Markup  # noqa: PLC0415

    def css(text: str) -> Markup:
        return Markup(text.translate(_IN_CSS))

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"css": css, "text": _text, "mood": _mood, "base64": lambda png: b64encode(png).decode()}
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(document=document)


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, (Amount, Mark)) else cell


def _mood(cell: Cell) -> str:
    return cell.mood if isinstance(cell, Mark) else ""
