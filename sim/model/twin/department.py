"""The flow of ``../department.py``, ``../team.py`` and ``../service.py`` from day to day, compiled."""

from sim.model import laws, luck, practice_days
from sim.model.calendar import DAYS_PER_MONTH, HOURS_PER_DAY
from sim.model.feelings import drawn_disposition as law_of_disposition
from sim.model.feelings import drawn_temper as law_of_temper
from sim.model.surroundings import Led, Surroundings
from sim.model.surroundings import surroundings as law_of_surroundings
from sim.model.twin.arrivals import look_again, set_rate
from sim.model.twin.errands import give_time, managers_time, mend
from sim.model.twin.line import close, dismiss, let_go, take_person, welcome
from sim.model.twin.memory import exists, none, nth
from sim.model.twin.source import as_compiled, compiled, derived, module, uniform
from sim.model.twin.things import Company, Department, Link, Person, Post

laws = module(laws)
days = module(practice_days)
drawn_temper = as_compiled(law_of_temper)
drawn_disposition = as_compiled(law_of_disposition)
surroundings = as_compiled(law_of_surroundings)
MEETING, CONTACT, REVIEW, POST, HOLDER, TEAMWORK = (
    luck.MEETING,
    luck.CONTACT,
    luck.REVIEW,
    luck.POST,
    luck.HOLDER,
    luck.TEAMWORK,
)


# A day's beginning


@compiled
def begin_day(company: Company, department: Department) -> None:
    """As ``Department.begin_day``."""
    tally = department.tally
    if not department.keys.bought:
        tally.cost += company.epoch.hire * come_and_go(company, department)
        practise(company, department)
    take_stock(department)
    lose_flaws(company, department)
    tally.cost += department.line.staff * HOURS_PER_DAY * company.epoch.worker_hour
    tally.days += 1
    tally.flaw_days += department.flaw_count
    people = 0
    for post in range(department.post_count):
        people += exists(nth(department.posts, post).person)
    tally.person_days += people
    tally.morale += people * department.morale
    tally.mood += people * department.mood
    tally.orientation += people * department.orientation


@compiled
def lose_flaws(company: Company, department: Department) -> None:
    """Flaws whose time has come vanish, wherever they stand in the row."""
    flaw = department.flaws
    department.flaws = none(flaw)
    department.flaws_last = none(flaw)
    while exists(flaw):
        after = flaw.next
        if flaw.vanishes > company.now:
            flaw.next = none(flaw)
            if exists(department.flaws):
                department.flaws_last.next = flaw
            else:
                department.flaws = flaw
            department.flaws_last = flaw
        else:
            department.flaw_count -= 1
            flaw.next = company.flaws
            company.flaws = flaw
            company.flaws_free += 1
        flaw = after


@compiled
def come_and_go(company: Company, department: Department) -> int:
    """As ``Team.come_and_go``."""
    day, keys = company.day, company.laws
    hired = 0
    for place in range(department.post_count):
        post = nth(department.posts, place)
        person = post.person
        if post.differs and post.arrives_day == day and not (exists(person) and person.individual == place):
            if exists(person):
                leave_post(company, department, post)
            fill(company, department, place, place, True)
            hired += 1
        elif exists(person):
            goes = person.individual == place and post.leaves_day == day
            if goes or person.leaves(day, keys):
                department.tally.leavers += 1
                leave_post(company, department, post)
                post.vacant_until = day + keys.vacancy_days
    for place in range(department.post_count):
        post = nth(department.posts, place)
        if post.vacant and post.vacant_until <= day:
            fill(company, department, place, -1, True)
            hired += 1
    return hired


@compiled
def leave_post(company: Company, department: Department, post: Post) -> None:
    """Somebody goes, after the job in hand."""
    person = post.person
    post.person = none(person)
    post.vacant = True
    dismiss(company, department.line, person)
    let_go(company, person)


@compiled
def fill(company: Company, department: Department, place: int, individual: int, newcomer: bool) -> None:
    """As ``Team._fill``."""
    keys = company.laws
    post = nth(department.posts, place)
    key = derived(derived(department.key, POST, place), HOLDER, post.holders)
    post.holders += 1
    person = take_person(company)
    person.number = department.numbers
    department.numbers += 1
    person.post = place
    person.key = key
    person.individual = individual
    person.temper = drawn_temper(department.temper, key, keys)
    person.disposition = drawn_disposition(key, keys)
    person.skill = keys.newcomer_skill if newcomer else department.skill
    if individual >= 0:
        if post.has_temper:
            person.temper = post.temper
        if post.has_skill:
            person.skill = post.skill
    person.join(department, newcomer, keys)
    person.holds += 1
    post.person = person
    post.vacant = False
    welcome(company, department.line, person)


@compiled
def take_stock(department: Department) -> None:
    """As ``Team.take_stock``."""
    morale, mood, orientation, pace, people = 0.0, 0.0, 0.0, 0.0, 0
    for place in range(department.post_count):
        person = nth(department.posts, place).person
        if exists(person):
            morale += person.morale
            mood += person.mood
            orientation += person.orientation
            pace += person.pace
            people += 1
    if people > 0:
        department.morale = morale / people
        department.mood = mood / people
        department.orientation = orientation / people
        department.pace = pace / people


@compiled
def practise(company: Company, department: Department) -> None:
    """As ``Department._practise``."""
    practices, keys, day = department.keys.practices, company.laws, company.day
    monthly = days.hours_a_month(practices, keys)
    style = style_over(company, department)
    for place in range(department.post_count):
        person = nth(department.posts, place).person
        if not exists(person):
            continue
        if monthly > 0.0 and (day + person.post) % DAYS_PER_MONTH == 0:
            give_time(company, department, monthly, derived(person.key, MEETING, day))
        if practices.customer_contacts_per_year > 0.0:
            offset = uniform(person.key, CONTACT)
            first = days.times_before(day, practices.customer_contacts_per_year, offset)
            for nth_time in range(first, days.times_before(day + 1, practices.customer_contacts_per_year, offset)):
                meet_customers(company, department, person, derived(person.key, CONTACT, nth_time))
        if practices.reviews_per_year > 0.0:
            offset = uniform(person.key, REVIEW)
            first = days.times_before(day, practices.reviews_per_year, offset)
            for nth_time in range(first, days.times_before(day + 1, practices.reviews_per_year, offset)):
                key = derived(person.key, REVIEW, nth_time)
                give_time(company, department, keys.review_hours, key)
                managers_time(company, department, keys.review_hours, key)
                person.be_reviewed(style, key, keys)


@compiled
def meet_customers(company: Company, department: Department, person: Person, key: int) -> None:
    """A contact with customers takes its hours, and may reveal a flaw."""
    keys = company.laws
    give_time(company, department, keys.contact_hours, key)
    person.hear_of_customers(keys.orientation_from_contact, keys)
    if department.flaw_count > 0 and uniform(key, CONTACT) < keys.contact_reveals:
        mend(company, department)


@compiled
def style_over(company: Company, department: Department) -> float:
    """As ``Management.style_over``."""
    return department.keys.superiors.manager.style if company.managed else company.epoch.authoritarian


# A day's end


@compiled
def end_day(company: Company, department: Department) -> None:
    """As ``Department.end_day``."""
    keys = company.laws
    staffed = department.line.staff * HOURS_PER_DAY
    if staffed > 0.0:
        kept = laws.kept(keys.pressure_half_life_days)
        department.load = laws.of_late(department.load, department.asked_hours / staffed, kept)
    department.asked_hours = 0.0
    feel_the_load(company, department)
    if not company.feels:
        for place in range(department.post_count):
            person = nth(department.posts, place).person
            if exists(person) and person.skill < 1.0:
                person.learn(keys)
    elif not department.keys.bought:
        live_through(company, department)


@compiled
def feel_the_load(company: Company, department: Department) -> None:
    """As ``Department._feel_the_load``."""
    keys = company.laws
    pressed = 0.0 if department.keys.bought else keys.pressure
    department.pressure = laws.pressure(department.load, pressed, keys.pressure_peak, keys.ordinary_load)


@compiled
def live_through(company: Company, department: Department) -> None:
    """As ``Team.live_through``."""
    around = around_them(company, department)
    nature, people = 0.0, 0
    for place in range(department.post_count):
        person = nth(department.posts, place).person
        if exists(person):
            nature += person.disposition
            people += 1
    if people > 0:
        nature /= people
    around = Surroundings(around.morale - nature, around.mood, around.sustained, around.floor)
    for place in range(department.post_count):
        person = nth(department.posts, place).person
        if exists(person):
            person.live_through(company.day, around, company.laws)


@compiled
def around_them(company: Company, department: Department) -> Surroundings:
    """As ``Department._surroundings``."""
    keys, practices = company.laws, department.keys.practices
    led = Led(company.epoch.delegation, department.keys.span, style_over(company, department))
    around = surroundings(
        department.morale, department.mood, department.load, led, practices, department.inclination, keys
    )
    morale, mood, count = 0.0, 0.0, 0
    for place in range(department.keys.neighbour_count):
        other = nth(department.keys.neighbours, place).department
        if not other.keys.bought:
            morale += other.morale
            mood += other.mood
            count += 1
    reach = keys.informal_reach * practices.informal_communication
    if count == 0 or reach == 0.0:
        return around
    return Surroundings(
        department.morale + reach * (morale / count - department.morale),
        department.mood + reach * (mood / count - department.mood),
        around.sustained,
        around.floor,
    )


@compiled
def link_ends_day(company: Company, link: Link) -> None:
    """As ``Service.end_day``."""
    keys = company.laws
    if not link.used_today:
        link.forget(keys)
    link.used_today = False
    if link.keys.team_hours > 0.0 and company.day % DAYS_PER_MONTH == 0:
        team_meets(company, link)
    elif link.teamwork > 0.0 and link.keys.team_hours == 0.0:
        link.fall_apart(keys)


@compiled
def team_meets(company: Company, link: Link) -> None:
    """As ``Service._meet``."""
    keys = company.laws
    key = derived(company.key ^ link.key, TEAMWORK, company.day)
    hours = keys.team_time * link.keys.team_hours
    give_time(company, link.supplier, hours, key)
    give_time(company, link.customer, hours, derived(key, TEAMWORK))
    strength = link.come_together(link.keys.team_hours, keys)
    if link.supplier.flaw_count > 0 and uniform(key, TEAMWORK) < keys.team_reveals * strength:
        mend(company, link.supplier)


@compiled
def talk(company: Company) -> None:
    """As ``Company._talk``: links come in the order of their suppliers, so those served together are neighbours."""
    first = 0
    while first < company.link_count:
        after = first
        told, count = 0.0, 0
        supplier = nth(company.links, first).supplier
        while after < company.link_count and nth(company.links, after).supplier.place == supplier.place:
            link = nth(company.links, after)
            if link.keys.carries:
                told += link.memory
                count += 1
            after += 1
        for place in range(first, after):
            link = nth(company.links, place)
            if count > 1 and link.keys.carries:
                practices = link.customer.keys.practices
                link.hear_others(told / count, company.laws.memory_talk * practices.informal_communication)
        first = after


# A dated change


@compiled
def change(company: Company, department: Department) -> None:
    """As ``Department.change``."""
    keys = department.keys
    if keys.bought:
        close_team(company, department)
        while department.flaw_count > 0:
            mend(company, department)
    else:
        department.tally.cost += company.epoch.hire * set_posts(company, department, keys.staff)
    if set_rate(company, department.own_work, keys.jobs_per_hour):
        look_again(company, department.own_work)
    if set_rate(company, department.own_flaws, keys.flaws_per_hour):
        look_again(company, department.own_flaws)
    feel_the_load(company, department)


@compiled
def set_posts(company: Company, department: Department, posts: int) -> int:
    """As ``Team.set_posts``."""
    for place in range(department.post_count - 1, posts - 1, -1):
        post = nth(department.posts, place)
        post.vacant = False
        if exists(post.person):
            let_outgoing_go(company, post)
            post.outgoing = post.person
            post.person = none(post.person)
            dismiss(company, department.line, post.outgoing)
    first = department.post_count
    department.post_count = posts
    hired = 0
    for place in range(first, posts):
        post = nth(department.posts, place)
        staying = post.outgoing
        if exists(staying) and staying.leaving and staying.at_work:
            staying.leaving = False
            post.person = staying
            post.outgoing = none(staying)
        else:
            let_outgoing_go(company, post)
            fill(company, department, place, individual_at(company, place, post), department.begun)
            hired += department.begun
    department.begun = True
    return hired


@compiled
def let_outgoing_go(company: Company, post: Post) -> None:
    """Whoever gave a post up is remembered no more."""
    if exists(post.outgoing):
        let_go(company, post.outgoing)
        post.outgoing = none(post.outgoing)


@compiled
def individual_at(company: Company, place: int, post: Post) -> int:
    """As ``Team._individual_at``."""
    if not post.differs or post.arrives_day > company.day or post.leaves_day <= company.day:
        return -1
    return place


@compiled
def close_team(company: Company, department: Department) -> None:
    """As ``Team.close``."""
    for place in range(department.most_posts):
        post = nth(department.posts, place)
        post.vacant = False
        let_outgoing_go(company, post)
        if exists(post.person):
            let_go(company, post.person)
            post.person = none(post.person)
    department.post_count = 0
    department.begun = True
    close(company, department.line)
