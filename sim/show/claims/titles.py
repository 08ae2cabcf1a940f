"""The sentence above the chart of a claim: what is to be seen, and true of what was found."""

from collections.abc import Sequence

from sim.show.claims.words import change_said, direction
from sim.show.language import Language
from sim.study.claims.verdict import Tried


def title_of(claim: str, found: Sequence[Tried], causes: Sequence[str], places: Sequence[str], say: Language) -> str:
    """For one trial what it found; for several a sentence on all if they came out as claimed, else how many did.

    ``causes`` and ``places`` are the titles of the second companies and the departments of the outcomes.
    """
    if len(found) == 1:
        return say("{cause}: {change}", cause=causes[0], change=change_said(found[0], places[0], say))
    as_claimed = sum(direction(item.effect) == item.trial.sign for item in found)
    together = _together(say).get(claim)
    if as_claimed == len(found) and together is not None:
        return together
    apart = sum(direction(item.effect) != 0 for item in found)
    if apart == as_claimed:
        return say("{n} of {all} differences came out as claimed; luck hides the rest", n=apart, all=len(found))
    return say(
        "{n} of {all} differences came out as claimed, and {against} the other way round",
        n=as_claimed,
        all=len(found),
        against=apart - as_claimed,
    )


def _together(say: Language) -> dict[str, str]:
    """What the trials of a claim say together, if all of them came out as claimed."""
    return {
        "A5": say("Involvement and recognition lift morale; delegation makes customers more satisfied"),
        "A6": say("People who know what their work is for think more of the customer and make fewer errors"),
        "A10": say("Asking customers helps; reviewing the staff helps under managers who listen and harms under blame"),
        "B2": say("Rude, slow or careless: colleagues feel each of the three"),
        "B8": say("Inside first or front first? Help pays where people are short"),
    }


def claim_said(claim: str, found: Sequence[Tried], say: Language) -> str:
    """What was claimed."""
    of_many = {
        "A5": say("Involvement in decisions, delegated responsibility and recognition improve service."),
        "A10": say("Measuring customers’ satisfaction and letting customers review the staff improve service."),
        "B2": say("The supplier owes respect, agility and care."),
    }
    return of_many.get(claim) or found[0].sentence.said(say.code)
