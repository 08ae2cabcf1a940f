"""The page of a workshop as one document: its style, its program and all that it knows, with nothing to fetch."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from sim.show.workshop.story import chapters_said, story_said
from sim.show.workshop.texts import company_said, texts
from sim.study.workshop.attempt import Workshop

MOST_REPLICATIONS: Final = 40
"""Choice: after so many a page stops refining."""
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
    "form-action 'none'"
)
"""What a page may load: nothing but what stands in it."""
_PROGRAM: Final = (
    "words",
    "answers",
    "levers",
    "drawings",
    "time",
    "story",
    "notes",
    "session",
    "main",
)


def document(
    workshop: Workshop, language: str, places: Mapping[str, Sequence[Any]] | None = None, pack: str = ""
) -> str:
    """The page; with ``places`` of the levers and a ``pack`` of companies it is a file that needs no program."""
    said = company_said(workshop.base)
    for lever in said["levers"]:
        lever["grid"] = list(places[lever["id"]]) if places else lever["grid"]
    about = {
        "company": {**said, "chapters": chapters_said(workshop.base)},
        "texts": texts(),
        "story": story_said(),
        "language": language,
        "most": MOST_REPLICATIONS,
    }
    here = files("sim.show.workshop") / "page"
    program = "\n".join((here / f"{name}.js").read_text(encoding="utf-8") for name in _PROGRAM)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' if pack else ""
    found = (here / "page.html").read_text(encoding="utf-8")
    for name, text in (
        ("<!--POLICY-->", policy),
        ("/*STYLE*/", (here / "page.css").read_text(encoding="utf-8")),
        ("/*PROGRAM*/", program),
        ("/*PACK*/", pack),
        ("/*ABOUT*/", json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")),
    ):
        found = found.replace(name, text)
    return found
