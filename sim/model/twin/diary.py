"""What the twin is held to: every moment, and as each day begins the state of everybody and everything.

Written only where somebody compares; ``tests/model/twin`` holds it against the reference line by line.
"""

from sim.model.twin.memory import exists, nth
from sim.model.twin.source import compiled
from sim.model.twin.things import Company, Event

PERSON, TEAM, RELATION, STYLE, CUSTOMER, MARKET = range(20, 26)
"""Kinds of lines beside those of moments."""


@compiled
def say(company: Company, kind: int, key: int, first: float, second: float, third: float, fourth: float) -> None:
    """Write a line."""
    line = nth(company.said, company.said_count)
    company.said_count += 1
    line.time = company.now
    line.kind = kind
    line.key = key
    line.first = first
    line.second = second
    line.third = third
    line.fourth = fourth


@compiled
def say_moment(company: Company, event: Event) -> None:
    """Something happens."""
    say(
        company,
        event.kind,
        event.key,
        company.active,
        company.satisfaction,
        company.market_tally.satisfaction,
        company.market_tally.ceiling,
    )


@compiled
def say_states(company: Company) -> None:
    """A day has begun."""
    for place in range(company.manager_count):
        manager = nth(company.managers, place)
        if manager.begun:
            say(
                company,
                STYLE,
                manager.key,
                manager.style,
                manager.line.staff,
                manager.line.waiting,
                manager.line.working,
            )
    for place in range(company.department_count):
        department = nth(company.departments, place)
        line = department.line
        say(company, TEAM, department.key, department.load, department.pressure, department.flaw_count, department.pace)
        say(company, TEAM, department.key, line.staff, line.waiting, line.working, line.waited_hours)
        for post in range(department.post_count):
            person = nth(department.posts, post).person
            if exists(person):
                say(company, PERSON, person.key, person.morale, person.mood, person.orientation, person.skill)
                say(company, PERSON, person.key, person.attitude, person.manner, person.pace, person.shown)
    for place in range(company.link_count):
        link = nth(company.links, place)
        say(company, RELATION, link.key, link.memory, link.will, link.teamwork, link.last_used)
    customer = company.customers
    while exists(customer):
        say(company, CUSTOMER, customer.key, customer.will, customer.satisfaction, customer.served, customer.active)
        customer = customer.next
