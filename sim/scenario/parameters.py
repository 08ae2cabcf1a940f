"""Every parameter of the laws, with its default, unit, range, source and confidence. The equations: ``model/laws.py``.

Effect sizes were turned into states by the spread between departments of an employee survey: Δ = d · .12 (``attitude``,
30 departments, mean 64.6, SD 12.2 of 100 points). *choice* means that nobody measured it: a study should sweep it.
"""

from typing import Self

from pydantic import model_validator

from sim.scenario.defaults import quantity
from sim.scenario.part import Part, misfit

_KLUGER = "Kluger & DeNisi 1996: d = .41, more than a third of 607 effects harmful"


class Laws(Part):
    """The parameters of the laws. Levers' hours are of the people concerned, at the full lever (1)."""

    # What ordinary means: at these states people work as the file's hours and shares say
    ordinary_condition: float = quantity(
        0.65,
        "share",
        "condition of people who need a job's handling_hours",
        low=0,
        high=1,
        source="attitude survey of 30 departments, mean 64.6",
        confidence="data",
    )
    ordinary_orientation: float = quantity(0.5, "share", "orientation at which right_first_time holds", low=0, high=1)
    ordinary_load: float = quantity(0.8, "share", "load under which handling_hours hold", low=0, high=1.5)
    ordinary_satisfaction: float = quantity(
        0.7, "share", "customers' satisfaction at which nothing is said of it, good or bad", low=0, high=1
    )
    # What a person can give
    mood_weight: float = quantity(0.3, "share", "of the mood in today's condition", low=0, high=1)
    ceiling_slack: float = quantity(
        0.15,
        "share",
        "by how much people can show more than they feel",
        low=0,
        high=1,
        source="set with professional_norm; necessary condition analysis (Dul 2016) could test it",
    )
    professional_norm: float = quantity(
        0.8,
        "share",
        "of respect and care that the job asks: people show no more, though they could",
        low=0,
        high=1,
        source="set, with ceiling_slack, so that the plant lies near Sears (Rucci, Kirn & Quinn 1998)",
    )
    respect_needs_orientation: float = quantity(0.3, "share", "of respect lost at orientation 0", low=0, high=1)
    respect_needs_temper: float = quantity(0.9, "share", "of respect lost for each unit of bad temper", low=0, high=1)
    even_temper: float = quantity(0.7, "share", "temper from which on it does no harm", low=0, high=1)
    quality_needs_attitude: float = quantity(
        0.2,
        "share",
        "of being right first time, for each unit of the attitude",
        low=0,
        high=1,
        source="upper bound: 38 % say that rudeness lowered their quality, Porath & Pearson 2013",
    )
    quality_needs_orientation: float = quantity(0.1, "share", "of it, for each unit of orientation", low=0, high=1)
    quality_needs_skill: float = quantity(0.2, "share", "of it, lost by somebody without any skill", low=0, high=1)
    flaw_harm: float = quantity(0.02, "share", "of it, lost to each flaw", low=0, high=1, neutral=0.0)
    wrong_decision_harm: float = quantity(0.5, "share", "of it, lost to a wrong decision", low=0, high=1, neutral=0.0)
    wrong_answer_harm: float = quantity(
        0.3, "share", "of it, lost to each wrong answer that a job uses", low=0, high=1, neutral=0.0
    )
    repaired_care: float = quantity(0.6, "share", "of care that is seen in work that had to be repaired", low=0, high=1)
    wrong_care: float = quantity(0.3, "share", "of care that is seen in work that is wrong", low=0, high=1)
    pace_needs_condition: float = quantity(
        0.25,
        "share",
        "more hours, for each unit of condition",
        low=0,
        high=1,
        source="upper bound: 48 % say that rudeness lowered their effort, Porath & Pearson 2013",
    )
    pace_needs_skill: float = quantity(0.5, "share", "more hours of somebody without any skill", low=0, high=5)
    pressure: float = quantity(
        0.05,
        "share",
        "of the hours saved under the load at which people are fastest",
        low=0,
        high=0.5,
        source="KC & Terwiesch 2009; Tan & Netessine 2014: faster up to a point, then slower",
        neutral=0.0,
    )
    pressure_peak: float = quantity(
        0.93, "share", "that load", low=0.1, high=2, source="Berry Jaeker & Tucker 2017", confidence="read"
    )
    # What somebody receives
    agility_exponent: float = quantity(
        1.0,
        "",
        "power of acceptable wait / wait",
        low=0,
        high=5,
        source="form: Antonides, Verhoef & van Aalst 2002",
    )
    weight_respect: float = quantity(0.4, "share", "of respect in an experience", low=0, high=1)
    weight_agility: float = quantity(0.3, "share", "of agility in an experience", low=0, high=1)
    weight_care: float = quantity(0.3, "share", "of care in an experience; the three sum to 1", low=0, high=1)
    will_weight: float = quantity(0.5, "share", "of what one expects to get, beside what one is owed", low=0, high=1)
    owed: float = quantity(0.65, "share", "what colleagues feel they are owed, of the best", low=0, high=1)
    expectation_up: float = quantity(
        0.1,
        "share/month",
        "how fast what one expects to get rises to a better experience",
        low=0,
        high=1,
        source="sign: Boulding et al. 1993; Johnson, Anderson & Fornell 1995",
    )
    expectation_down: float = quantity(
        0.05, "share/month", "how fast it falls to a worse one", low=0, high=1, source="sign: as expectation_up"
    )
    loss_aversion: float = quantity(
        2.0,
        "",
        "weight of a loss against a gain",
        low=1,
        high=10,
        source="Tversky & Kahneman 1992: 2.25; sign: Anderson & Sullivan 1993, 22,300 customers",
        confidence="recalled",
    )
    mood_from_service: float = quantity(
        0.06, "share", "of the way that a mood goes to what being served makes one feel", low=0, high=1
    )
    mood_from_manner: float = quantity(
        0.02, "share", "of the way that it goes to what the asker's manner makes one feel", low=0, high=1
    )
    mood_half_life_days: float = quantity(
        5.0,
        "days",
        "after which half of a mood is gone",
        above=0,
        high=1000,
        source="effects for up to a week: Foulk, Woolum & Erez 2016",
    )
    # A day's end
    contagion: float = quantity(
        0.05, "share/day", "of morale caught from those around", low=0, high=1, source="sign: Barsade 2002"
    )
    mood_contagion: float = quantity(
        0.15, "share/day", "of mood caught from those around", low=0, high=1, source="sign: Barsade 2002"
    )
    informal_reach: float = quantity(
        0.5, "share", "of those around who are of linked departments, at full informal communication", low=0, high=1
    )
    morale_return: float = quantity(
        0.015,
        "share/day",
        "of the way back to the level that practices sustain",
        low=0,
        high=1,
        source="order of size: three waves of 495 people correlate .56 (univbct)",
    )
    morale_from_mood: float = quantity(0.006, "share/day", "morale moved by a full mood", low=0, high=1)
    disposition_spread: float = quantity(
        0.1,
        "share",
        "standard deviation between people of the morale they tend to",
        low=0,
        high=0.5,
        source="a stable trait besides (univbct); 4–13 % of the variance lies between departments (bh1996)",
        neutral=0.0,
    )
    temper_spread: float = quantity(
        0.1, "share", "standard deviation between people of temper", low=0, high=0.5, neutral=0.0
    )
    private_mood: float = quantity(
        0.15,
        "",
        "standard deviation of what a day outside the company adds to a mood",
        low=0,
        high=0.5,
        source="set so that how people feel correlates about .56 from survey to survey (univbct)",
        neutral=0.0,
    )
    base_morale: float = quantity(
        0.675, "share", "sustained without any practice, style or overload; defaults give .65", low=0, high=1
    )
    morale_from_delegation: float = quantity(
        0.036,
        "share",
        "raised by full delegation",
        low=0,
        high=1,
        source="r = .15 (d = .30) for participation, Wagner 1994; Seibert, Wang & Courtright 2011",
        confidence="read",
    )
    morale_from_involvement: float = quantity(
        0.036, "share", "raised by full involvement", low=0, high=1, source="as delegation", confidence="read"
    )
    morale_from_recognition: float = quantity(
        0.056,
        "share",
        "raised by full recognition",
        low=0,
        high=1,
        source="d = .47 over 72 studies, Stajkovic & Luthans 2003",
        confidence="read",
    )
    morale_from_clarity: float = quantity(
        0.049,
        "share",
        "raised by full role clarity",
        low=0,
        high=1,
        source="r = .2 (d = .41), Humphrey, Nahrgang & Morgeson 2007",
        confidence="recalled",
    )
    morale_from_interaction: float = quantity(0.04, "share", "raised by full interaction", low=0, high=1)
    morale_from_style: float = quantity(
        0.3,
        "share",
        "lowered by a fully authoritarian manager",
        low=0,
        high=1,
        source="leadership and hostility −.60 between 49 companies (lq2002)",
    )
    morale_from_overload: float = quantity(0.1, "share", "lowered by a full load", low=0, high=1)
    pressure_half_life_days: float = quantity(
        5.0, "days", "in which half of an earlier load is forgotten", above=0, high=1000
    )
    overload_from: float = quantity(0.9, "share", "load from which on it weighs on people", low=0, high=0.99)
    ordinary_span: float = quantity(8.0, "people", "for whom a manager has time enough", above=0, high=1000)
    style_passed: float = quantity(
        0.35,
        "share",
        "of a superior's style that passes to the next level",
        low=0,
        high=1,
        source="trickle-down: Mawritz et al. 2012; two levels",
    )
    style_half_life_days: float = quantity(40.0, "days", "in which a style moves half of its way", above=0, high=1e4)
    orientation_half_life_days: float = quantity(
        120.0,
        "days",
        "in which half of what was lifted above the floor is forgotten",
        above=0,
        high=1e4,
        source="effects of meeting customers fade (cooks and diners)",
    )
    orientation_floor: float = quantity(
        0.3, "share", "orientation of people whose role nobody explained", low=0, high=1
    )
    orientation_from_clarity: float = quantity(
        0.4, "share", "by which full role clarity raises that floor", low=0, high=1
    )
    orientation_from_contact: float = quantity(
        0.2,
        "share",
        "of what is missing to 1, restored by meeting a customer",
        low=0,
        high=1,
        source="cooks and diners who see each other: quality +10 to +22 %",
    )
    orientation_from_message: float = quantity(
        0.05, "share", "of what is missing to 1, restored by an intact message of a customer", low=0, high=1
    )
    review_effect: float = quantity(
        0.08,
        "share",
        "mean lift of orientation by a review under a manager who never blames",
        low=-1,
        high=1,
        source=_KLUGER + "; .05 = d · .12 at an authoritarian style of .3",
        confidence="read",
    )
    review_fear: float = quantity(1.2, "share", "of that mean lost under one who always does", low=0, high=5)
    review_spread: float = quantity(
        0.16,
        "share",
        "its standard deviation: 38 % harm at that style",
        low=0,
        high=1,
        source=_KLUGER,
        confidence="read",
        neutral=0.0,
    )
    correction: float = quantity(
        0.5, "", "lift of orientation for each unit by which somebody's respect falls short", low=0, high=5
    )
    blame: float = quantity(
        2.0, "", "how much a fully authoritarian manager makes that shortfall hurt the mood", low=0, high=10
    )
    # Asking, deciding, telling
    avoiding_slope: float = quantity(
        12.0, "", "how sharply the memory of bad treatment decides", low=0, high=100, neutral=0.0
    )
    avoiding_below: float = quantity(
        0.4, "share", "memory of treatment at which every second request is avoided", low=0, high=1
    )
    memory_gain: float = quantity(0.1, "share", "of the memory of treatment moved by one more time", low=0, high=1)
    memory_neutral: float = quantity(0.6, "share", "memory of a supplier who was not asked for long", low=0, high=1)
    memory_half_life_days: float = quantity(120.0, "days", "in which half of a memory is gone", above=0, high=1e4)
    memory_talk: float = quantity(
        0.05, "share/day", "caught from other customers of a supplier, at full informal communication", low=0, high=1
    )
    workaround_hours: float = quantity(
        1.5,
        "",
        "hours of a workaround against those of the supplier's people",
        low=0,
        high=20,
        source="work lost to workarounds 10 % and more: Tucker, Heisler & Janisse 2014",
    )
    workaround_harm: float = quantity(0.1, "share", "of being right first time, lost to each workaround", low=0, high=1)
    workaround_experience: float = quantity(
        0.4, "share", "of the best: what having to do it oneself feels like", low=0, high=1
    )
    decision_error: float = quantity(
        1.0, "share", "errors in the most important decision, by a worker without skill or clarity", low=0, high=1
    )
    decision_needs_skill: float = quantity(0.75, "share", "of those errors that full skill avoids", low=0, high=1)
    decision_needs_clarity: float = quantity(
        0.5, "share", "of those errors that full role clarity avoids", low=0, high=1
    )
    manager_error: float = quantity(0.03, "share", "errors in the decisions of managers", low=0, high=1)
    decision_kept: float = quantity(
        0.95, "share", "of questions that a relay on the way to a manager leaves undistorted", low=0, high=1
    )
    complaint_share: float = quantity(
        0.07,
        "share",
        "of disappointed customers who say so unasked",
        low=0,
        high=1,
        source="7 % of failures reported: Tucker & Edmondson 2003",
        confidence="quoted",
        neutral=0.0,
    )
    message_kept: float = quantity(
        0.8,
        "share",
        "of customers' words that a relay passes on intact, if nobody fears to tell",
        low=0,
        high=1,
        source="set for .2 to .3 after five relays: chain board to worker .725 a level; Allport & Postman 1947",
        confidence="recalled",
    )
    message_kept_sideways: float = quantity(0.9, "share", "of those that go from colleague to colleague", low=0, high=1)
    message_distorted: float = quantity(
        0.5, "share", "of those not intact: distorted; the others are lost", low=0, high=1
    )
    message_hours: float = quantity(0.2, "hours", "of each manager who relays one", low=0, high=100)
    fear: float = quantity(
        0.3,
        "share",
        "of bad news held back for a superior who blames",
        low=0,
        high=1,
        source="85 % had kept silent once: Milliken, Morrison & Hewlin 2003",
    )
    flaws_per_year: float = quantity(
        3.0, "flaws/(department·year)", "ways of working that begin to hurt", low=0, high=1000, neutral=0.0
    )
    flaw_years: float = quantity(
        1.0, "years", "mean time after which one that nobody hears of vanishes of itself", above=0, high=1000
    )
    mending_hours: float = quantity(
        4.0, "hours", "of a department on what it was told, rightly or not", low=0, high=1000
    )
    contact_reveals: float = quantity(0.05, "share", "of contacts in which somebody hears of a flaw", low=0, high=1)
    # Coming and going
    leaving_per_year: float = quantity(
        0.1, "share/year", "of people who leave, at ordinary morale", low=0, high=50, neutral=0.0
    )
    leaving_slope: float = quantity(
        4.0,
        "",
        "how fast that grows as morale falls (exponent)",
        low=0,
        high=50,
        source="sign: r = −.36/−.30 between units, Harter, Schmidt & Hayes 2002",
    )
    vacancy_days: int = quantity(30, "days", "until somebody new begins", low=0, high=10_000)
    newcomer_skill: float = quantity(0.6, "share", "skill of somebody new", low=0, high=1, neutral=1.0)
    learning_half_life_days: float = quantity(
        60.0, "days", "in which half of what is missing is learnt", above=0, high=1e4
    )
    # Customers
    disappointment: float = quantity(
        0.5, "", "satisfaction lost for each unit of loss against expectation, as it is felt", low=0, high=5
    )
    satisfaction_memory: float = quantity(
        0.3, "share", "of a customer's view that the last purchase makes", low=0, high=1
    )
    loss_per_purchase: float = quantity(
        0.045, "share", "of customers who leave after the worst purchases", low=0, high=1, neutral=0.0
    )
    loyalty_power: float = quantity(
        3.0,
        "",
        "how convex loyalty is in satisfaction",
        low=1,
        high=20,
        source="very satisfied customers buy again six times as often: Heskett et al. 1994",
    )
    word_of_mouth: float = quantity(
        2.0, "", "new customers gained for each unit of satisfaction, as a share", low=0, high=20
    )
    # The hours that levers take
    involvement_hours: float = quantity(4.0, "hours/(person·month)", "of staff, at full involvement", low=0, high=160)
    recognition_hours: float = quantity(
        0.5, "hours/(person·month)", "of managers, at full recognition", low=0, high=160
    )
    clarity_hours: float = quantity(2.0, "hours/(person·month)", "of staff, at full role clarity", low=0, high=160)
    interaction_hours: float = quantity(
        2.0, "hours/(person·month)", "of staff, and a quarter of it of managers, at full interaction", low=0, high=160
    )
    informal_hours: float = quantity(
        2.0, "hours/(person·month)", "of staff, at full informal communication", low=0, high=160
    )
    review_hours: float = quantity(1.0, "hours/review", "of the person and of the manager", low=0, high=160)
    contact_hours: float = quantity(4.0, "hours/contact", "of the person", low=0, high=160)
    # Quality teams
    team_effect: float = quantity(
        0.1, "share", "of errors on its links that a team at full work takes away", low=0, high=1, neutral=0.0
    )
    team_hours: float = quantity(6.0, "hours/month", "that sustain two thirds of that", above=0, high=1000)
    team_settles: float = quantity(
        0.3, "share/month", "of the way to what its hours sustain, gone in a month", low=0, high=1
    )
    team_repairs_memory: float = quantity(
        0.1, "share/month", "of the bad memory on its links that it takes away", low=0, high=1
    )
    team_time: float = quantity(1.0, "share", "of a team's hours that are missing elsewhere", low=0, high=1)
    team_reveals: float = quantity(0.3, "share/month", "of the flaws of a link's supplier that it finds", low=0, high=1)

    @property
    def ordinary_respect(self) -> float:
        """The respect that ordinary people of even temper show."""
        return self.ordinary_attitude * (1.0 - self.respect_needs_orientation * (1.0 - self.ordinary_orientation))

    @property
    def ordinary_attitude(self) -> float:
        """The attitude of somebody in ordinary condition."""
        return min(self.professional_norm, self.ordinary_condition + self.ceiling_slack)

    @model_validator(mode="after")
    def _weights_sum_to_one(self) -> Self:
        total = self.weight_respect + self.weight_agility + self.weight_care
        if abs(total - 1.0) > 1e-9:
            raise misfit(
                "weight_respect", f"the weights of respect, agility and care sum to {total:g}; they must sum to 1"
            )
        return self
