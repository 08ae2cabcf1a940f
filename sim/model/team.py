"""A team: posts and the people who hold them. People come and go, learn, catch moods, and forget whom they serve."""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from sim.model import luck
from sim.model.calendar import HOURS_PER_DAY
from sim.model.feelings import drawn_disposition, drawn_temper
from sim.model.line import Line
from sim.model.luck import derived
from sim.model.mean import mean
from sim.model.person import Person
from sim.model.surroundings import Surroundings
from sim.scenario.parameters import Laws
from sim.scenario.people import Individual, People

if TYPE_CHECKING:
    import simpy

    from sim.model.record import DepartmentTally
    from sim.model.steady import TeamState


class Team:
    """The people of a department. ``morale`` and ``mood`` are means over its people as the day began."""

    def __init__(self, env: "simpy.Environment", key: int, people: People, keys: Laws, start: "TeamState") -> None:
        self.line: Line[Person] = Line(env)
        self.posts: list[Person | None] = []
        self.morale = start.morale
        self.mood = start.mood
        self.orientation = start.orientation
        self.pace = 1.0
        self.inclination = people.inclination
        self._key = key
        self._people = people
        self._keys = keys
        self._individuals = dict(enumerate(people.list))
        self._holders: dict[int, int] = {}
        self._vacant_until: dict[int, int] = {}
        self._outgoing: dict[int, Person] = {}
        self._numbers = count()
        self._day = int(env.now // HOURS_PER_DAY)
        self._begun = False

    def __iter__(self) -> Iterator[Person]:
        """Those who hold a post now."""
        return (person for person in self.posts if person is not None)

    def set_posts(self, posts: int, keys: Laws) -> int:
        """Have so many posts: filled at once, or given up, the last first. How many people were hired for it."""
        self._keys = keys
        self._day = int(self.line.env.now // HOURS_PER_DAY)
        for post in range(len(self.posts) - 1, posts - 1, -1):
            person = self.posts.pop()
            self._vacant_until.pop(post, None)
            if person is not None:
                self._outgoing[post] = person
                self.line.dismiss(person)
        hired = 0
        for post in range(len(self.posts), posts):
            staying = self._outgoing.pop(post, None)
            if staying is not None and staying.leaving and staying.number in self.line.at_work:
                staying.leaving = False
                self.posts.append(staying)
            else:
                self.posts.append(None)
                self._fill(post, self._individual_at(post), newcomer=self._begun)
                hired += self._begun
        self._begun = True
        return hired

    def close(self) -> None:
        """Give up all posts; people go once nobody waits for them any more."""
        self.posts.clear()
        self._vacant_until.clear()
        self._outgoing.clear()
        self._begun = True
        self.line.close()

    def live_through(self, around: Surroundings) -> None:
        """A day ends. Of the morale of those around, what is their nature is not caught."""
        nature = mean(person.disposition for person in self)
        around = around._replace(morale=around.morale - nature)
        for person in self:
            person.live_through(self._day, around, self._keys)

    def learn(self) -> None:
        """A day ends where nobody feels anything: newcomers learn all the same."""
        for person in self:
            if person.skill < 1.0:
                person.learn(self._keys)

    def come_and_go(self, day: int, tally: "DepartmentTally") -> int:
        """Before a day begins: some leave, vacancies end, individuals take over and leave. How many were hired."""
        keys = self._keys
        self._day = day
        hired = 0
        for post, person in enumerate(self.posts):
            held_by = person.individual if person is not None else None
            individual = self._individuals.get(post)
            if individual is not None and individual.arrives_day == day and held_by is not individual:
                if person is not None:
                    self.line.dismiss(person)
                self._fill(post, individual, newcomer=True)
                hired += 1
            elif person is not None:
                goes = held_by is not None and held_by.leaves_day == day
                if goes or person.leaves(day, keys):
                    tally.leavers += 1
                    self.line.dismiss(person)
                    self.posts[post] = None
                    self._vacant_until[post] = day + keys.vacancy_days
        for post in range(len(self.posts)):
            if self._vacant_until.get(post, day + 1) <= day:
                self._fill(post, None, newcomer=True)
                hired += 1
        return hired

    def take_stock(self) -> None:
        """The means over the people there now; a team without anybody keeps its last ones."""
        self.morale = mean((person.morale for person in self), self.morale)
        self.mood = mean((person.mood for person in self), self.mood)
        self.orientation = mean((person.orientation for person in self), self.orientation)
        self.pace = mean((person.pace for person in self), self.pace)

    def _individual_at(self, post: int) -> Individual | None:
        """Who of those who differ holds a post when it is created."""
        individual = self._individuals.get(post)
        if individual is None or (individual.arrives_day is not None and individual.arrives_day > self._day):
            return None
        return None if individual.leaves_day is not None and individual.leaves_day <= self._day else individual

    def _fill(self, post: int, individual: Individual | None, newcomer: bool) -> None:
        keys, people = self._keys, self._people
        holder = self._holders.get(post, 0)
        self._holders[post] = holder + 1
        key = derived(derived(self._key, luck.POST, post), luck.HOLDER, holder)
        person = Person(next(self._numbers), post, key, individual)
        person.temper = drawn_temper(people.temper, key, keys)
        person.disposition = drawn_disposition(key, keys)
        person.skill = keys.newcomer_skill if newcomer else people.skill
        if individual is not None:
            person.temper = individual.temper if individual.temper is not None else person.temper
            person.skill = individual.skill if individual.skill is not None else person.skill
        person.join(self, newcomer, keys)
        self.posts[post] = person
        self._vacant_until.pop(post, None)
        self.line.welcome(person)
