"""What the user wrote in a scenario file, as charts show it."""

from typing import Final

from sim.scenario.parts import Department
from sim.scenario.schema import Scenario
from sim.show.language import Language

LONGEST_NAME: Final = 32


def names_of(scenario: Scenario, say: Language) -> dict[str, str]:
    """What charts call each department, by its name in the tables."""
    return {department.name: name_of(department, say) for department in scenario.departments}


def titled(scenario: Scenario, say: Language) -> str:
    """What a scenario is called, on one line."""
    return " ".join((scenario.title.said(say.code) or scenario.name).split())


def name_of(department: Department, say: Language) -> str:
    """What charts call a department."""
    return shortened(department.title.said(say.code) or department.name)


def key_text(key: str, say: Language) -> str:
    """The last part of a dated change's key, in the words of a trainer; a key without such words as it is written."""
    words = {
        "authoritarian": say("authoritarian style"),
        "background_jobs_per_day": say("own jobs per day"),
        "blocking": say("blocking"),
        "chief_authoritarian": say("authoritarian style of the chief"),
        "contract": say("contract"),
        "customer_contacts_per_year": say("contacts with customers per year"),
        "customers": say("customers"),
        "decision_share": say("share of jobs that need a decision"),
        "delegation": say("delegation"),
        "expectation": say("customers’ expectation"),
        "handling_hours": say("handling hours"),
        "hours": say("hours until the answer"),
        "hours_per_month": say("hours a month"),
        "informal_communication": say("informal communication"),
        "interaction": say("talk between managers and staff"),
        "involvement": say("involvement"),
        "layers": say("layers of management"),
        "other_duties_share": say("managers’ other duties"),
        "links": say("on the links"),
        "price": say("price"),
        "price_per_request": say("price per request"),
        "purchases_per_year": say("purchases per year"),
        "recognition": say("recognition"),
        "relays": say("more people that customers’ words pass"),
        "requests_per_job": say("requests per job"),
        "respect": say("respect"),
        "reviews_per_year": say("reviews per year"),
        "right_first_time": say("share right first time"),
        "role_clarity": say("clarity of the job"),
        "spread": say("spread of the hours"),
        "staff": say("staff"),
        "survey_share": say("share of customers surveyed"),
        "temper": say("temper"),
    }
    return words.get(key, key.replace("_", " "))


def value_text(value: object, say: Language) -> str:
    """A value of a scenario file, as a text for people."""
    if isinstance(value, float):
        return f"{value:.4g}".replace(".", "," if say.code == "es" else ".")
    return shortened(str(value))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """A user's text on one line, with an ellipsis where it is too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
