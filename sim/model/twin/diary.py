"""What the twin is held to: every moment, and as each day begins the state of everybody and everything.

Written only where somebody compares: ``tests/model/twin`` holds it against the reference, line by line.
"""

from sim.model.twin.memory import exists, nth
from sim.model.twin.source import compiled
from sim.model.twin.things import Company, Event

MANAGER, LOAD, LINE, MIND, CONDUCT, LINK, CUSTOMER = range(20, 27)
"""Kinds of lines beside those of moments."""


@compiled
def say(company: Company, kind: int, key: int, first: float, second: float, third: float, fourth: float) -> None:
    """Write a line."""
    line = nth(company.said, company.said_count)
    company.said_count += 1
    company.short |= company.said_count + company.said_at_once > company.said_room
    line.time = company.now
    line.kind = kind
    line.key = key
    line.first = first
    line.second = second
    line.third = third
    line.fourth = fourth


@compiled
def say_moment(company: Company, event: Event) -> None:
    """Something is about to happen; how satisfied customers are says whether all before it was the same."""
    tally = company.market_tally
    say(company, event.kind, event.key, float(company.active), company.satisfaction, tally.satisfaction, tally.ceiling)


@compiled
def say_states(company: Company) -> None:
    """A day has begun."""
    for place in range(company.manager_count):
        manager = nth(company.managers, place)
        if manager.begun:
            line = manager.line
            say(
                company,
                MANAGER,
                manager.key,
                manager.style,
                float(line.staff),
                float(line.waiting),
                float(line.working),
            )
    for place in range(company.department_count):
        of = nth(company.departments, place)
        say(company, LOAD, of.key, of.load, of.pressure, float(of.flaw_count), of.pace)
        line = of.line
        say(company, LINE, of.key, float(line.staff), float(line.waiting), float(line.working), line.waited_hours)
        for post in range(of.post_count):
            person = nth(of.posts, post).person
            if exists(person):
                say(company, MIND, person.key, person.morale, person.mood, person.orientation, person.skill)
                say(company, CONDUCT, person.key, person.attitude, person.manner, person.pace, person.shown)
    for place in range(company.link_count):
        link = nth(company.links, place)
        say(company, LINK, link.key, link.memory, link.will, link.teamwork, link.last_used)
    buyer = company.customers
    while exists(buyer):
        say(company, CUSTOMER, buyer.key, buyer.will, buyer.satisfaction, buyer.served, 1.0 if buyer.active else 0.0)
        buyer = buyer.next
