"""Who is selected as the best, told with what the procedure promises; or why nobody is."""

from sim.show.amounts import amount
from sim.show.compare.sentences import in_a_sentence, quoted
from sim.show.language import Language
from sim.study.compare.best import FIRST
from sim.study.compare.comparison import Comparison


def choice_said(comparison: Comparison, say: Language) -> str:
    """Which scenario is selected, how many replications that would take, or why nobody is."""
    found = comparison.chosen()
    if found is None:
        return _unchosen(comparison, say)
    by_name = {scenario.name: scenario for scenario in comparison.scenarios}
    zone = amount(found.zone, comparison.unit(found.outcome), say)
    outcome = in_a_sentence(found.outcome, say)
    left = quoted([by_name[name] for name in found.left], say)
    if found.guaranteed:
        text = say(
            "Selected for {outcome}: {title}. The procedure picks the best with at least {share} probability whenever "
            "the best leads all others by {zone} or more.",
            title=left,
            outcome=outcome,
            share=say.percent(found.probability),
            zone=zone,
        )
        if comparison.is_near(found):
            text += " " + say("None is {zone} better or worse: for this purpose they are equal.", zone=zone)
        return text
    if found.tied:
        return say(
            "For {outcome} these are equal in every replication, and none is best: {titles}.",
            outcome=outcome,
            titles=left,
        )
    return say(
        "Which is best for {outcome} is not decided between {titles}: to tell {zone} apart takes at most {n} "
        "replications in all, {more} more.",
        outcome=outcome,
        titles=left,
        zone=zone,
        n=found.needed,
        more=found.needed - found.replications,
    )


def _unchosen(comparison: Comparison, say: Language) -> str:
    reason, outcome = comparison.unchosen, in_a_sentence(comparison.leading, say)
    if reason == "replications":
        missing = FIRST - len(comparison.replications)
        return say(
            "Nobody is selected for {outcome}: that needs {n} replications, {more} more.",
            outcome=outcome,
            n=FIRST,
            more=missing,
        )
    if reason == "zone":
        return say(
            "Nobody is selected for {outcome}: that needs --zone, the smallest difference that matters.",
            outcome=outcome,
        )
    if reason == "values":
        return say("Nobody is selected for {outcome}: a replication has no value of it.", outcome=outcome)
    return say("Nobody is selected for {outcome}: of it neither more nor less is better.", outcome=outcome)
