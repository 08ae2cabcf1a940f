"""Errands, compiled: meetings, duties, decisions that climb and customers' words; what comes after each of their waits.

In the reference they are ``Line.occupy``, ``Manager.work``, ``Management._climb`` and ``Messages._travel``.
"""

from sim.model import distributions, laws, luck
from sim.model.luck import DISTORTED, DUTY, MENDING, RELAYED
from sim.model.twin.agenda import DECIDING, RELAY, WORK, as_task, begin_now, schedule
from sim.model.twin.agenda import DUTY as AT_DUTY
from sim.model.twin.job import answered
from sim.model.twin.line import close, release, seek, take_person, welcome
from sim.model.twin.memory import exists, none, nth, wipe
from sim.model.twin.source import compiled, derived, module, uniform
from sim.model.twin.things import Company, Department, Errand, Line, Manager

laws = module(laws)
exponential = module(distributions).exponential
MEETING, DUTIES, CLIMB, WORD = range(1, 5)
"""What a task is that is an errand."""
SETTING_OUT, ON_THE_WAY, IN_LINE, IN_HAND, ON_THE_WAY_BACK = range(5)


@compiled
def new_errand(company: Company, what: int, key: int) -> Errand:
    """It begins as soon as whoever sends it has nothing more to do now."""
    errand = company.errands
    company.errands = errand.next_errand
    company.errands_free -= 1
    company.short |= company.errands_free < company.errands_at_once
    wipe(errand)
    errand.what = what
    errand.key = key
    begin_now(company, as_task(errand))
    return errand


@compiled
def meet(company: Company, line: Line, hours: float, kind: int, key: int) -> None:
    """Somebody of a line gives some hours, as ``Line.occupy``."""
    meeting = new_errand(company, MEETING, key)
    meeting.line = line
    meeting.hours = hours
    meeting.kind = kind


@compiled
def begin_duty(company: Company, manager: Manager, key: int) -> None:
    """As ``Manager._begin_duty``."""
    duty = new_errand(company, DUTIES, key)
    duty.manager = manager
    duty.line = manager.line
    duty.hours = exponential(company.epoch.duty_hours, uniform(key, DUTY))
    duty.kind = AT_DUTY


@compiled
def give_time(company: Company, department: Department, hours: float, key: int) -> None:
    """As ``Department.give_time``."""
    if hours > 0.0 and not department.keys.bought:
        department.asked_hours += hours
        department.tally.offered_hours += hours
        department.tally.practice_hours += hours
        meet(company, department.line, hours, WORK, key)


@compiled
def managers_time(company: Company, department: Department, hours: float, key: int) -> None:
    """As ``Management.give_time``."""
    if company.managed and hours > 0.0:
        meet(company, department.keys.superiors.manager.line, hours, AT_DUTY, derived(key, luck.MEETING))


@compiled
def go(company: Company, errand: Errand) -> None:
    """An errand sets out, or goes on after a wait of any kind."""
    if errand.what == WORD:
        word_goes_on(company, errand)
    elif errand.what == CLIMB:
        decision_goes_on(company, errand)
    elif errand.stage == SETTING_OUT:
        if errand.what == DUTIES:
            seek_manager(company, errand)
        else:
            errand.stage = IN_LINE
            if seek(company, errand.line, as_task(errand)):
                take_hours(company, errand)
    elif errand.stage == IN_LINE:
        take_hours(company, errand)
    else:
        hand_back(company, errand)
        forget_errand(company, errand)


@compiled
def take_hours(company: Company, errand: Errand) -> None:
    """Somebody gives their time; or nobody is left to give any, and the time passes."""
    errand.stage = IN_HAND
    schedule(company, errand.hours, errand.kind, errand.key, as_task(errand))


@compiled
def hand_back(company: Company, errand: Errand) -> None:
    """Whoever gave their time is free; one who came back to office for it goes again."""
    if exists(errand.worker):
        release(company, errand.line, errand.worker)
        errand.worker = none(errand.worker)
    if errand.called_back and not errand.manager.in_office:
        close(company, errand.line)


@compiled
def seek_manager(company: Company, errand: Errand) -> None:
    """The beginning of ``Manager.work``."""
    line = errand.manager.line
    errand.line = line
    errand.called_back = line.staff == 0
    if errand.called_back:
        welcome(company, line, take_person(company))
    errand.stage = IN_LINE
    if seek(company, line, as_task(errand)):
        take_hours(company, errand)


@compiled
def forget_errand(company: Company, errand: Errand) -> None:
    """Done."""
    errand.next_errand = company.errands
    company.errands = errand
    company.errands_free += 1


@compiled
def decision_goes_on(company: Company, errand: Errand) -> None:
    """As ``Management._climb``."""
    job = errand.job
    if errand.stage == SETTING_OUT:
        errand.began = company.now
        errand.stage = ON_THE_WAY
        if errand.way_hours > 0.0:
            schedule(company, errand.way_hours, RELAY, errand.key, as_task(errand))
            return
    if errand.stage == ON_THE_WAY:
        seek_manager(company, errand)
        return
    if errand.stage == IN_LINE:
        take_hours(company, errand)
        return
    if errand.stage == IN_HAND:
        hand_back(company, errand)
        errand.manager.tally.decisions += 1
        errand.stage = ON_THE_WAY_BACK
        if errand.way_hours > 0.0:
            schedule(company, errand.way_hours, RELAY, errand.key, as_task(errand))
            return
    job.department.tally.decisions += 1
    job.department.tally.decision_hours += company.now - errand.began
    answered(company, job, none(job))
    forget_errand(company, errand)


@compiled
def word_goes_on(company: Company, word: Errand) -> None:
    """As ``Messages._travel``: relay by relay, until one needs time."""
    if word.stage == IN_LINE:
        take_hours(company, word)
        return
    if word.stage == IN_HAND:
        hand_back(company, word)
        word.relay += 1
        word.stage = SETTING_OUT
    while word.relay < word.relays:
        if word.stage == SETTING_OUT:
            word.stage = ON_THE_WAY
            if company.epoch.relay_hours > 0.0:
                schedule(company, company.epoch.relay_hours, RELAY, word.key, as_task(word))
                return
        if not passed_on(company, word):
            word.about.tally.messages_lost += 1
            forget_errand(company, word)
            return
        if exists(word.manager) and word.asked_in.laws.message_hours > 0.0:
            word.hours = word.asked_in.laws.message_hours
            word.kind = DECIDING
            seek_manager(company, word)
            return
        word.relay += 1
        word.stage = SETTING_OUT
    tally = word.about.tally
    tally.messages_intact += word.intact
    tally.messages_distorted += not word.intact
    tally.message_hours += company.now - word.began
    hear(company, word.about, word.intact, word.key)
    forget_errand(company, word)


@compiled
def passed_on(company: Company, word: Errand) -> bool:
    """One relay: whether anything is left of a word; ``manager`` is who has it now, if a manager does."""
    keys = word.asked_in.laws
    word.manager = relaying(word)
    kept = keys.message_kept_sideways
    if word.way > 0 or word.relay > 0 or word.front.place == word.about.place:
        style = word.manager.style if exists(word.manager) else 0.0
        kept = laws.relayed(keys.message_kept, keys.fear, style)
    if uniform(word.key, RELAYED, word.relay) >= kept:
        if uniform(word.key, DISTORTED, word.relay) >= keys.message_distorted:
            return False
        word.intact = False
    return True


@compiled
def relaying(word: Errand) -> Manager:
    """The manager who relays a word now: up to the first common one, then down; nobody after the way's end."""
    if word.relay >= word.way:
        return none(word.manager)
    asked_in = word.asked_in
    if word.relay <= word.common:
        return nth(nth(asked_in.departments, word.front.place).superiors, word.relay).manager
    return nth(nth(asked_in.departments, word.about.place).superiors, 2 * word.common - word.relay).manager


@compiled
def hear(company: Company, department: Department, intact: bool, key: int) -> None:
    """As ``Department.hear``."""
    give_time(company, department, company.laws.mending_hours, derived(key, MENDING))
    if intact:
        mend(company, department)
        for post in range(department.post_count):
            person = nth(department.posts, post).person
            if exists(person):
                person.hear_of_customers(company.laws.orientation_from_message, company.laws)


@compiled
def mend(company: Company, department: Department) -> None:
    """As ``Department.mend``."""
    if department.flaw_count > 0:
        flaw = department.flaws
        department.flaws = flaw.next
        if not exists(department.flaws):
            department.flaws_last = none(flaw)
        department.flaw_count -= 1
        flaw.next = company.flaws
        company.flaws = flaw
        company.flaws_free += 1
