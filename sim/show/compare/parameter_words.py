"""What each parameter of the laws that nobody measured is, in a phrase for people who know none of the keys."""

from sim.show.language import Language


def parameter_words(key: str, say: Language) -> str:
    """A parameter such as ``laws.owed`` in a phrase: what there is more of where it is larger. Else the key itself."""
    name = key.removeprefix("laws.")
    said = _giving(say) | _receiving(say) | _feeling(say) | _levers(say) | _telling(say) | _leaving(say) | _buying(say)
    return said.get(name, key)


def _giving(say: Language) -> dict[str, str]:
    """What ordinary means, and what a person can give."""
    return {
        "ordinary_orientation": say("the customer orientation that counts as ordinary"),
        "ordinary_load": say("the load of work that counts as ordinary"),
        "ordinary_satisfaction": say("the satisfaction at which customers say neither good nor bad"),
        "mood_weight": say("how much the mood of the day counts beside morale"),
        "ceiling_slack": say("how much more people can show than they feel"),
        "professional_norm": say("how much respect and care a job asks of people"),
        "respect_needs_orientation": say("the respect lost where nobody thinks of the customer"),
        "respect_needs_temper": say("the respect lost to bad temper"),
        "even_temper": say("how even a temper must be to do no harm"),
        "quality_needs_attitude": say("how much a good attitude prevents errors"),
        "quality_needs_orientation": say("how much thinking of the customer prevents errors"),
        "quality_needs_skill": say("how often a lack of skill spoils a job"),
        "flaw_harm": say("how often a flaw in the way of working spoils a job"),
        "wrong_decision_harm": say("how often a wrong decision spoils a job"),
        "wrong_answer_harm": say("how often a colleague’s wrong answer spoils a job"),
        "repaired_care": say("the care that is seen in work that had to be repaired"),
        "wrong_care": say("the care that is seen in work delivered wrong"),
        "pace_needs_condition": say("how much slower people work who feel worse"),
        "pace_needs_skill": say("how much slower people work who lack skill"),
        "pressure": say("how much faster people work under pressure"),
    }


def _receiving(say: Language) -> dict[str, str]:
    """What somebody receives, expects and feels about it."""
    return {
        "agility_exponent": say("how severely too long a wait is judged"),
        "weight_respect": say("the weight of respect in an experience"),
        "weight_agility": say("the weight of agility in an experience"),
        "weight_care": say("the weight of care in an experience"),
        "will_weight": say("the weight of past experience in what people expect"),
        "owed": say("what colleagues feel that they are owed"),
        "expectation_up": say("how fast good experiences raise expectations"),
        "expectation_down": say("how fast bad experiences lower expectations"),
        "mood_from_service": say("how much the service received moves the mood"),
        "mood_from_manner": say("how much the way of asking moves the mood of those asked"),
        "mood_half_life_days": say("how long a mood lasts"),
    }


def _feeling(say: Language) -> dict[str, str]:
    """Moods and morale from day to day."""
    return {
        "contagion": say("how fast morale spreads between colleagues"),
        "mood_contagion": say("how fast moods spread between colleagues"),
        "informal_reach": say("how far informal talk spreads moods between departments"),
        "morale_return": say("how fast morale returns to what practices sustain"),
        "morale_from_mood": say("how much moods move morale"),
        "disposition_spread": say("how much people differ in the morale they tend to"),
        "temper_spread": say("how much people differ in temper"),
        "private_mood": say("how much life outside work moves moods"),
        "base_morale": say("morale where nothing raises or lowers it"),
        "morale_from_interaction": say("how much talk with managers raises morale"),
        "morale_from_style": say("how much an authoritarian manager lowers morale"),
        "morale_from_overload": say("how much overload lowers morale"),
        "pressure_half_life_days": say("how long a past load is felt"),
        "overload_from": say("the load from which on work weighs on people"),
        "ordinary_span": say("how many people a manager has time for"),
        "style_passed": say("how much of a superior’s style a manager takes on"),
        "style_half_life_days": say("how long a manager’s style takes to change"),
        "orientation_half_life_days": say("how long raised customer orientation lasts"),
        "orientation_floor": say("the customer orientation of people with an unclear role"),
        "orientation_from_clarity": say("how much a clear role raises customer orientation"),
        "orientation_from_contact": say("how much meeting a customer raises customer orientation"),
        "orientation_from_message": say("how much a customer’s message raises customer orientation"),
    }


def _levers(say: Language) -> dict[str, str]:
    """Reviews, quality teams, and the hours that practices take."""
    return {
        "review_fear": say("how much a manager’s blame spoils the effect of a review"),
        "correction": say("how much a review mends a lack of respect"),
        "blame": say("how much a review by a manager who blames hurts the mood"),
        "involvement_hours": say("the hours that involving people in decisions takes"),
        "recognition_hours": say("the hours that recognition takes of managers"),
        "clarity_hours": say("the hours that making roles clear takes"),
        "interaction_hours": say("the hours that talk between managers and staff takes"),
        "informal_hours": say("the hours that informal talk takes"),
        "review_hours": say("the hours that a review takes"),
        "contact_hours": say("the hours that meeting a customer takes"),
        "team_effect": say("how many errors a quality team prevents"),
        "team_hours": say("the hours that a quality team needs to have an effect"),
        "team_settles": say("how fast a quality team comes to have its effect"),
        "team_repairs_memory": say("how much a quality team repairs bad memories"),
        "team_time": say("how much of a quality team’s time is missing elsewhere"),
        "team_reveals": say("how many flaws a quality team uncovers"),
    }


def _telling(say: Language) -> dict[str, str]:
    """Asking, deciding, telling."""
    return {
        "avoiding_slope": say("how sharply a bad memory makes people avoid asking"),
        "avoiding_below": say("the treatment below which people would rather not ask"),
        "memory_gain": say("how much one more encounter changes a memory"),
        "memory_neutral": say("how well those not asked for long are remembered"),
        "memory_half_life_days": say("how long good or bad treatment is remembered"),
        "memory_talk": say("how fast talk spreads what people think of a department"),
        "workaround_hours": say("how long it takes to do a colleague’s work oneself"),
        "workaround_harm": say("how often a workaround spoils a job"),
        "workaround_experience": say("how well people take having to do it themselves"),
        "decision_error": say("how often people without skill or clear role decide wrongly"),
        "decision_needs_skill": say("how many wrong decisions skill avoids"),
        "decision_needs_clarity": say("how many wrong decisions a clear role avoids"),
        "manager_error": say("how often managers decide wrongly"),
        "decision_kept": say("how many questions pass each level of managers undistorted"),
        "message_kept_sideways": say("how many messages colleagues pass on intact"),
        "message_distorted": say("how many spoilt messages are distorted, not lost"),
        "message_hours": say("how long a manager takes to pass on a message"),
        "fear": say("how much bad news is kept from managers who blame"),
        "flaws_per_year": say("how many flaws arise in a department each year"),
        "flaw_years": say("how long a flaw lasts that nobody hears of"),
        "mending_hours": say("the hours that a department spends on each complaint"),
        "contact_reveals": say("how often meeting a customer uncovers a flaw"),
    }


def _leaving(say: Language) -> dict[str, str]:
    """Coming and going."""
    return {
        "leaving_per_year": say("how many people leave each year at ordinary morale"),
        "leaving_slope": say("how much more people leave as morale falls"),
        "vacancy_days": say("how long a post stays vacant"),
        "newcomer_skill": say("how well newcomers know the job"),
        "learning_half_life_days": say("how long newcomers take to learn the job"),
    }


def _buying(say: Language) -> dict[str, str]:
    """Customers."""
    return {
        "disappointment": say("how much disappointment lowers satisfaction"),
        "satisfaction_memory": say("how much the last purchase counts for a customer’s view"),
        "loss_per_purchase": say("how many customers leave after the worst purchases"),
        "loyalty_power": say("how much loyalty takes very high satisfaction"),
        "word_of_mouth": say("how many new customers word of mouth brings"),
    }
