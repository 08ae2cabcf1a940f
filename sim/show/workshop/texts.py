"""All that the page says, in each language."""

from typing import Any

from sim.scenario.schema import Scenario
from sim.show.language import LANGUAGES, Language, speaking
from sim.show.layout import Box, layout
from sim.show.names import names_of
from sim.study.workshop.levers import levers

WIDTH, HEIGHT = 440.0, 260.0


def texts() -> dict[str, dict[str, str]]:
    """By language and key."""
    return {language: _said(speaking(language)) for language in LANGUAGES}


def company_said(base: Scenario) -> dict[str, Any]:
    """What the page knows of the company before anything is tried: departments, links and levers, in each language."""
    said = {language: _levers_said(speaking(language)) for language in LANGUAGES}
    return {
        "title": {language: base.title.said(language) or base.name for language in LANGUAGES},
        "departments": [
            {
                "name": part.name,
                "title": {language: names_of(base, speaking(language))[part.name] for language in LANGUAGES},
                "staff": part.staff,
            }
            for part in base.departments
        ],
        "places": _places(base),
        "links": [{"name": link.name, "supplier": link.supplier, "customer": link.customer} for link in base.links],
        "levers": [
            {
                "id": lever.id,
                "title": {language: said[language][lever.id][0] for language in LANGUAGES},
                "about": {language: said[language][lever.id][1] for language in LANGUAGES},
                "kind": lever.kind,
                "values": list(lever.values),
                "now": lever.now,
            }
            for lever in levers(base)
        ],
    }


def _places(base: Scenario) -> dict[str, list[float]]:
    """Where departments and the market stand in a picture of ``WIDTH`` by ``HEIGHT``, counted from the upper left."""
    asked = {
        (link.supplier, link.customer): link.share if link.to_market else link.requests_per_job for link in base.links
    }
    found = layout(base, asked, Box(42.0, 38.0, WIDTH - 30.0, HEIGHT - 20.0))
    return {name: [round(x, 1), round(HEIGHT - y, 1)] for name, (x, y) in found.places.items()}


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
        "tried": say("With the levers moved"),
        "nothing": say("Move a lever: the company on the right changes from day 0 on."),
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
        "undo": say("Undo"),
        "reset": say("Reset"),
        "keep": say("Keep this try"),
        "name": say("name of the try"),
        "kept": say("Tries of the room"),
        "save": say("Picture"),
        "link": say("Link to this state"),
        "look": say("Dark or light"),
        "language": say("Español"),
        "yes": say("yes"),
        "no": say("no"),
        "customers": say("customers"),
        "network": say("Who serves whom: the darker, the lower morale; dots are requests, red ones come late"),
        "broken": say("The program does not answer: is it still running?"),
        "decimal": "," if say.code == "es" else ".",
    }
