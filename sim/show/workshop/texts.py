"""All that the page says, in each language."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.schema import Scenario
from sim.show.language import LANGUAGES, Language, speaking
from sim.show.layout import Box, layout
from sim.show.names import names_of
from sim.study.workshop.grid import OF_A_DEPARTMENT
from sim.study.workshop.levers import Lever, levers

WIDTH, HEIGHT = 440.0, 260.0
_RADIUS, _LETTER, _BELOW, _ABOVE = 14.0, 7.4, 29.0, 19.0
"""Of a picture, in its units: a circle, the width of a letter, and where a name stands from the circle's middle."""


def texts() -> dict[str, dict[str, str]]:
    """By language and key."""
    return {language: _said(speaking(language)) for language in LANGUAGES}


def company_said(base: Scenario) -> dict[str, Any]:
    """What the page knows of the company before anything is tried: departments, links and levers, in each language."""
    said = {language: _levers_said(speaking(language)) for language in LANGUAGES}
    names = {language: names_of(base, speaking(language)) for language in LANGUAGES}
    places = _places(base)
    above = {language: _above(places, names[language]) for language in LANGUAGES}
    return {
        "title": {language: base.title.said(language) or base.name for language in LANGUAGES},
        "departments": [
            {
                "name": part.name,
                "title": {language: names[language][part.name] for language in LANGUAGES},
                "above": {language: part.name in above[language] for language in LANGUAGES},
                "staff": part.staff,
            }
            for part in base.departments
        ],
        "places": places,
        "changes": sorted({0, *(change.day for change in base.changes if change.day > 0)}),
        "links": [{"name": link.name, "supplier": link.supplier, "customer": link.customer} for link in base.links],
        "levers": [
            {
                "id": lever.id,
                "title": {language: said[language][lever.id][0] for language in LANGUAGES},
                "about": {language: said[language][lever.id][1] for language in LANGUAGES},
                "kind": lever.kind,
                "values": list(lever.values),
                "grid": _off_step(lever),
                "now": lever.now,
                "of": dict(lever.of),
                "of_department": lever.id in OF_A_DEPARTMENT,
            }
            for lever in levers(base)
        ],
    }


def _off_step(lever: Lever) -> list[float] | None:
    """Where a slider may stand if the base stands between its steps, so that one can come back there; else ``None``."""
    if lever.kind != "slider":
        return None
    low, high, step = (float(one) for one in lever.values)
    nows = {float(now) for now in (lever.now, *lever.of.values())}
    steps = {round(low + place * step, 6) for place in range(round((high - low) / step) + 1)}
    return sorted(steps | nows) if any(min(abs(now - one) for one in steps) > 1e-9 for now in nows) else None


def _places(base: Scenario) -> dict[str, list[float]]:
    """Where departments and the market stand in a picture of ``WIDTH`` by ``HEIGHT``, counted from the upper left."""
    asked = {
        (link.supplier, link.customer): link.share if link.to_market else link.requests_per_job for link in base.links
    }
    found = layout(base, asked, Box(42.0, 38.0, WIDTH - 30.0, HEIGHT - 20.0))
    return {name: [round(x, 1), round(HEIGHT - y, 1)] for name, (x, y) in found.places.items()}


def _above(places: Mapping[str, Sequence[float]], names: Mapping[str, str]) -> set[str]:
    """Whose name stands above its circle, since below it would run into another name or circle.

    Told one after another from the left, where a name is in nobody's way, or in the way of fewest.
    """
    found: set[str] = set()
    circles = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in places.values()]
    taken: list[tuple[float, float, float, float]] = []
    for name in sorted(names, key=lambda name: places[name][0]):
        x, y = places[name]
        half = _LETTER * len(names[name]) / 2

        def at(level: float, x: float = x, half: float = half) -> tuple[float, float, float, float]:
            return x - half, level - 11.0, x + half, level + 3.0

        below, over = at(y + _BELOW), at(y - _ABOVE)
        hits = [sum(_meet(box, other) for other in (*taken, *circles)) for box in (below, over)]
        if hits[1] < hits[0]:
            found.add(name)
        taken.append(over if hits[1] < hits[0] else below)
    return found


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _levers_said(say: Language) -> dict[str, tuple[str, str]]:
    """By lever, what it is called and what it means."""
    return {
        "layers": (
            say("Layers of management"),
            say("managers between a worker and the outside, the chief included"),
        ),
        "delegation": (
            say("Delegation"),
            say("how much is decided where the work is done"),
        ),
        "recognition": (
            say("Recognition"),
            say("good work is seen and said"),
        ),
        "clarity": (
            say("Clear jobs"),
            say("people know whom their work serves"),
        ),
        "team": (
            say("Quality team"),
            say("hours a month on the internal link that is used most"),
        ),
        "talk": (
            say("Informal talk"),
            say("news and moods go past the hierarchy"),
        ),
        "surveys": (
            say("Customer surveys"),
            say("share of purchases after which the customer is asked"),
        ),
        "reviews": (
            say("Reviews by those served"),
            say("a year, of each person by internal customers"),
        ),
        "contact": (
            say("Contact with customers"),
            say("visits a year of each person"),
        ),
        "style": (
            say("The chief's style"),
            say("0 asks and listens, 1 commands and blames"),
        ),
        "department": (
            say("The department looked at"),
            say("to which the next three belong"),
        ),
        "staff": (
            say("More or fewer people there"),
            say("beside those of today"),
        ),
        "temper": (
            say("One person's temper there"),
            say("of somebody who comes on day 0; 0 is the worst"),
        ),
        "outsourced": (
            say("Bought outside"),
            say("a contractor does its work, for the same wages"),
        ),
    }


def _said(say: Language) -> dict[str, str]:
    return {
        "title": say("The workshop of the internal customer"),
        "levers": say("Levers"),
        "today": say("As it is today"),
        "pinned": say("What was kept on the left"),
        "tried": say("With the levers moved"),
        "nothing": say("Move a lever: the company on the right changes from day 0 on."),
        "outside": say(
            "Not in this file, which holds layers, delegation and style together, every other lever alone or with one "
            "of these. Put one back."
        ),
        "satisfaction": say("Customers' satisfaction, points of 100"),
        "ceiling": say("its ceiling"),
        "morale": say("Morale, points of 100"),
        "sales": say("Sales, thousand a year, mean of five weeks"),
        "profit": say("profit, thousand a year"),
        "week": say("week"),
        "change": say("Change in the last quarter of the year"),
        "luck": say("not told from luck"),
        "replications": say("{n} companies on the same luck", n="{n}"),
        "parts": say("They part in week {n}.", n="{n}"),
        "same": say("They never part."),
        "play": say("Play"),
        "pause": say("Pause"),
        "back": say("Back to the start"),
        "day0": say("To day 0"),
        "next_change": say("To the next change"),
        "undo": say("Undo"),
        "reset": say("Reset"),
        "pin": say("Keep on the left"),
        "menu": say("Menu"),
        "keep": say("Keep this try"),
        "name": say("name of the try"),
        "kept": say("Tries of the room"),
        "save-png": say("Picture (PNG)"),
        "save-svg": say("Picture (SVG)"),
        "save-session": say("Save the session"),
        "open-session": say("Open a session"),
        "no_session": say("{file} is no session of a workshop", file="{file}"),
        "other_company": say("{file} is a session of another company: {company}", file="{file}", company="{company}"),
        "link": say("Copy a link to this state"),
        "look": say("Dark or light"),
        "begin": say("Begin with another group"),
        "begin_sure": say("Take away all guesses and tries of this session?"),
        "language": say("Español"),
        "larger": say("Larger, and back"),
        "yes": say("yes"),
        "no": say("no"),
        "customers": say("customers"),
        "network": say(
            "Numbers: morale (dark: low). Dots: requests, red ones late. Squares: customers' words, hollow ones lost. "
            "Rings: feels worse (dashed) or better than on the left."
        ),
        "network_scene": say("Numbers: morale, points of 100 (dark: low)"),
        "broken": say("The program does not answer: is it still running?"),
        **_story_said(say),
        "decimal": "," if say.code == "es" else ".",
    }


def _story_said(say: Language) -> dict[str, str]:
    """What every chapter says alike."""
    return {
        "tell": say("Story"),
        "untell": say("Levers"),
        "story_back": say("Back"),
        "story_next": say("Next"),
        "step_scene": say("scene"),
        "step_question": say("question"),
        "step_answer": say("answer"),
        "step_company": say("company"),
        "step_talk": say("talk"),
        "waiting": say("The company is living through its year …"),
        "guesses": say("What the room guesses"),
        "vote_add": say("Add this guess"),
        "vote_typed": say("or type several guesses and press Enter: {example}", example="{example}"),
        "vote_back": say("Take the last one back"),
        "votes": say("{n} guesses", n="{n}"),
        "vote_one": say("{n} guess", n="{n}"),
        "vote_wrong": say(
            "{value} is no guess: a number from {low} to {high}", value="{value}", low="{low}", high="{high}"
        ),
        "company_says": say("the company:"),
        "room_says": say("the room:"),
        "chapter": say("chapter"),
        "how_near": say("how near"),
        "score_near": say("near: well seen"),
        "score_partly": say("on the way there"),
        "score_surprise": say("a surprise, which is worth most"),
        "score_none": say("not guessed"),
        "score_open": say("not answered yet"),
        "score_unknown": say("this company does not tell"),
        "quoted": say("“{text}”", text="{text}"),
        "question_of": say("Question {n} of {all}", n="{n}", all="{all}"),
        "so_far": say("So far {n} of {all} companies; the figures may still move.", n="{n}", all="{all}"),
        "score": say("The room was near in {n} of {all}.", n="{n}", all="{all}"),
        "range": say("lines: 95\N{NO-BREAK SPACE}% range"),
        "notes": say("Notes for the trainer"),
        "will_say": say("The company will say:"),
        "then": say("Then:"),
        "clock": say("Minute {n} of 60.", n="{n}"),
        "clock_until": say("Minute {n} of 60; this chapter until {until}.", n="{n}", until="{until}"),
        "notes_lost": say("The page was loaded again: open the notes anew from its menu."),
        "keys": say(
            "Keys: → or page down next, ← or page up back, P pause, B dark, N notes on the page, L levers and story, "
            "Esc closes."
        ),
    }
