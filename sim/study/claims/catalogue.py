"""All claims: A of the note on the internal customer (crea), B of the article of César Piqueras (2017)."""

from typing import Final

from sim.model.measures import DEPARTMENT
from sim.study.claims.trial import Claim, Keys, Trial

_TEMPER: Final[Keys] = {"laws.respect_needs_temper": 0.0}
_NO_CONTACT: Final[Keys] = {
    "laws.orientation_from_contact": 0.0,
    "laws.contact_reveals": 0.0,
    "laws.contact_hours": 0.0,
}
_NO_CLARITY: Final[Keys] = {
    "laws.orientation_from_clarity": 0.0,
    "laws.morale_from_clarity": 0.0,
    "laws.decision_needs_clarity": 0.0,
    "laws.clarity_hours": 0.0,
}
_NO_REVIEW: Final[Keys] = {
    "laws.review_effect": 0.0,
    "laws.review_spread": 0.0,
    "laws.correction": 0.0,
    "laws.blame": 0.0,
    "laws.review_hours": 0.0,
}
_NO_MESSAGE: Final[Keys] = {
    "laws.flaw_harm": 0.0,
    "laws.orientation_from_message": 0.0,
    "laws.mending_hours": 0.0,
    "laws.message_hours": 0.0,
}
_NOTHING_TO_LOSE: Final[Keys] = {"laws.message_kept": 1.0, "laws.message_kept_sideways": 1.0, "laws.fear": 0.0}
_NO_LAYER: Final[Keys] = {
    "management.decision_share": 0.0,
    "laws.morale_from_interaction": 0.0,
    "laws.complaint_share": 0.0,
    "practices.survey_share": 0.0,
}
_NO_TEAM: Final[Keys] = {
    "laws.team_effect": 0.0,
    "laws.team_repairs_memory": 0.0,
    "laws.team_reveals": 0.0,
    "laws.team_time": 0.0,
}
_NO_MOOD: Final[Keys] = {
    "laws.mood_from_manner": 0.0,
    "laws.mood_from_service": 0.0,
    "laws.loss_per_purchase": 0.0,
    "laws.word_of_mouth": 0.0,
    "laws.complaint_share": 0.0,
    "practices.survey_share": 0.0,
}
_NO_CARE: Final[Keys] = {
    "laws.repaired_care": 1.0,
    "laws.wrong_care": 1.0,
    "laws.mood_weight": 0.0,
    "laws.morale_from_mood": 0.0,
    "laws.morale_from_overload": 0.0,
    "laws.disposition_spread": 0.0,
}
_IT_UNUSED: Final[Keys] = {
    f"links.it>{customer}.requests_per_job": 0.0
    for customer in ("sales", "logistics", "maintenance", "purchasing", "personnel", "finance")
}

SATISFACTION: Final = "customer_satisfaction"

CLAIMS: Final[tuple[Claim, ...]] = (
    Claim("A1", "structure", ()),
    Claim("A2", "cause", (Trial("A2", "workshop", "a02-rude-logistics", SATISFACTION, -1, off=_TEMPER, quick=8),)),
    Claim("A3", "cause", (Trial("A3", "a03-even-temper", "a03-bad-temper", SATISFACTION, -1, off=_TEMPER, quick=32),)),
    Claim(
        "A4",
        "structure",
        (
            Trial(
                "A4",
                "workshop",
                "a04-low-morale",
                "customer_ceiling",
                -1,
                off={"laws.morale_from_style": 0.0, "laws.fear": 0.0},
            ),
        ),
    ),
    Claim(
        "A5",
        "cause",
        (
            Trial(
                "A5.involvement",
                "a05-no-involvement",
                "a05-involvement",
                "morale",
                1,
                off={"laws.morale_from_involvement": 0.0, "laws.involvement_hours": 0.0},
            ),
            Trial(
                "A5.recognition",
                "a05-no-recognition",
                "a05-recognition",
                "morale",
                1,
                off={"laws.morale_from_recognition": 0.0, "laws.recognition_hours": 0.0},
            ),
            Trial(
                "A5.delegation",
                "a05-no-delegation",
                "a05-delegation",
                SATISFACTION,
                1,
                off={"management.decision_share": 0.0, "laws.morale_from_delegation": 0.0},
            ),
        ),
    ),
    Claim(
        "A6",
        "cause",
        (
            Trial("A6.orientation", "a06-unclear", "a06-clear", "orientation", 1, off=_NO_CLARITY),
            Trial("A6.errors", "a06-unclear", "a06-clear", "right_first_time", 1, off=_NO_CLARITY),
        ),
    ),
    Claim(
        "A7",
        "depends",
        (
            Trial("A7.central", "a07-tall-central", "a07-flat-central", SATISFACTION, -1, off=_NO_LAYER),
            Trial("A7.delegating", "a07-tall-delegating", "a07-flat-delegating", SATISFACTION, 1, off=_NO_LAYER),
        ),
    ),
    Claim(
        "A8",
        "cause",
        (
            Trial(
                "A8",
                "workshop",
                "a08-quality-team",
                "right_first_time",
                1,
                DEPARTMENT,
                "maintenance",
                off=_NO_TEAM,
                quick=6,
            ),
        ),
    ),
    Claim(
        "A9",
        "cause",
        (Trial("A9", "a09-closed", "a09-talking", "messages_intact_share", 1, off=_NOTHING_TO_LOSE, quick=8),),
    ),
    Claim(
        "A10",
        "depends",
        (
            Trial("A10.surveys", "a10-no-surveys", "a10-surveys", "right_first_time", 1, off=_NO_MESSAGE, quick=6),
            Trial("A10.kind", "a10-kind", "a10-kind-reviews", SATISFACTION, 1, off=_NO_REVIEW, quick=8),
            Trial("A10.harsh", "a10-harsh", "a10-harsh-reviews", SATISFACTION, -1, off=_NO_REVIEW, quick=6),
        ),
    ),
    Claim(
        "A11",
        "cause",
        (Trial("A11", "a11-two-layers", "a11-six-layers", "messages_intact_share", -1, off=_NOTHING_TO_LOSE),),
    ),
    Claim("A12", "cause", (Trial("A12", "workshop", "a12-contacts", SATISFACTION, 1, off=_NO_CONTACT),)),
    Claim(
        "A13",
        "cause",
        (Trial("A13", "a13-steady", "a13-rising", SATISFACTION, -1, off={"laws.will_weight": 1.0}, quick=6),),
    ),
    Claim(
        "B1",
        "structure",
        (Trial("B1", "b01-even-askers", "b01-rude-askers", "mood", -1, DEPARTMENT, "maintenance", off=_NO_MOOD),),
    ),
    Claim(
        "B2",
        "structure",
        (
            Trial("B2.respect", "workshop", "b02-less-respect", "respect", -1, DEPARTMENT, "maintenance", off=_TEMPER),
            Trial(
                "B2.agility",
                "workshop",
                "b02-less-agility",
                "agility",
                -1,
                DEPARTMENT,
                "maintenance",
                off={"laws.agility_exponent": 0.0},
                quick=6,
            ),
            Trial("B2.care", "workshop", "b02-less-care", "care", -1, DEPARTMENT, "maintenance", off=_NO_CARE),
        ),
    ),
    Claim("B3", "cause", (Trial("B3", "b03-it", "b03-slow-it", "customer_delay_hours", 1, off=_IT_UNUSED, quick=6),)),
    Claim(
        "B4",
        "cause",
        (
            Trial(
                "B4.asked",
                "workshop",
                "b04-victim",
                "avoided_share",
                1,
                DEPARTMENT,
                "maintenance",
                off={"laws.avoiding_slope": 0.0},
            ),
            Trial(
                "B4.queue",
                "workshop",
                "b04-victim",
                "queue_hours",
                -1,
                DEPARTMENT,
                "maintenance",
                off=_TEMPER,
                quick=8,
            ),
            Trial("B4.service", "workshop", "b04-victim", SATISFACTION, -1, off=_TEMPER, quick=20),
        ),
    ),
    Claim(
        "B5",
        "cause",
        tuple(
            Trial(
                f"B5.{name}",
                "b05-same-chief",
                "b05-authoritarian-chief",
                outcome,
                -1,
                off={"laws.style_passed": 0.0, "laws.fear": 0.0},
                quick=8,
            )
            for name, outcome in (("morale", "morale"), ("customers", "panel_satisfaction"), ("sales", "sales"))
        ),
    ),
    Claim(
        "B6",
        "cause",
        (Trial("B6", "b06-contacts-go-on", "b06-contacts-stop", "orientation", -1, off=_NO_CONTACT),),
    ),
    Claim(
        "B7",
        "depends",
        (
            Trial("B7.rude", "b07-rude-inside", "b07-rude-contract", SATISFACTION, 1, quick=16),
            Trial("B7.kind", "b07-kind-inside", "b07-kind-contract", SATISFACTION, -1, quick=8),
        ),
    ),
    Claim(
        "B8",
        "depends",
        (
            Trial("B8.inside", "b08-tight-inside-front", "b08-tight-inside-inside", SATISFACTION, 1, quick=20),
            Trial("B8.front", "b08-tight-front-front", "b08-tight-front-inside", SATISFACTION, -1, quick=6),
        ),
    ),
)
