"""A team: posts and the people who hold them. People come and go, learn, catch moods, and forget whom they serve."""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from sim.model import laws, luck
from sim.model.calendar import DAYS_PER_YEAR, HOURS_PER_DAY
from sim.model.distributions import standard_normal
from sim.model.line import Line
from sim.model.luck import derived, uniform
from sim.model.person import Person
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

    def live_through(self, around: tuple[float, float], sustained: float, floor: float) -> None:
        """A day ends: moods and morale are caught from ``around`` (morale, mood), orientation fades to its floor."""
        keys = self._keys
        around_morale, around_mood = around
        mean_disposition = self._mean([person.disposition for person in self], 0.0)
        mood_kept = laws.kept(keys.mood_half_life_days)
        orientation_kept = laws.kept(keys.orientation_half_life_days)
        skill_kept = laws.kept(keys.learning_half_life_days)
        for person in self:
            own = person.disposition
            mood = laws.mood_tomorrow(person.mood, around_mood, keys.mood_contagion, mood_kept)
            if keys.private_mood > 0.0:
                private = standard_normal(uniform(person.key, luck.PRIVATE, self._day))
                mood = laws.moved(mood, private, keys.private_mood)
            person.morale = laws.morale_tomorrow(
                person.morale,
                around_morale + own - mean_disposition,
                laws.between(sustained + own, 0.0, 1.0),
                person.mood,
                keys.contagion,
                keys.morale_return,
                keys.morale_from_mood,
            )
            person.mood = mood
            person.orientation = laws.orientation_tomorrow(person.orientation, floor, orientation_kept)
            person.skill = laws.learnt(person.skill, skill_kept)
            person.feel(keys)
            person.mind(keys)

    def learn(self) -> None:
        """A day ends where nobody feels anything: newcomers learn all the same."""
        kept = laws.kept(self._keys.learning_half_life_days)
        for person in self:
            if person.skill < 1.0:
                person.skill = laws.learnt(person.skill, kept)
                person.feel(self._keys)

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
                if goes or (keys.leaving_per_year > 0.0 and self._leaves(person)):
                    tally.leavers += 1
                    self.line.dismiss(person)
                    self.posts[post] = None
                    self._vacant_until[post] = day + keys.vacancy_days
        for post, due in list(self._vacant_until.items()):
            if due <= day:
                self._fill(post, None, newcomer=True)
                hired += 1
        return hired

    def take_stock(self) -> None:
        """The means over the people there now; a team without anybody keeps its last ones."""
        people = list(self)
        self.morale = self._mean([person.morale for person in people], self.morale)
        self.mood = self._mean([person.mood for person in people], self.mood)
        self.orientation = self._mean([person.orientation for person in people], self.orientation)
        self.pace = self._mean([person.pace for person in people], self.pace)

    def _leaves(self, person: Person) -> bool:
        keys = self._keys
        hazard = laws.leaving(
            person.morale, keys.leaving_per_year, keys.leaving_slope, keys.ordinary_condition, float(DAYS_PER_YEAR)
        )
        return uniform(person.key, luck.LEAVING, self._day) < hazard

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
        temper = people.temper
        if keys.temper_spread > 0.0:
            temper += keys.temper_spread * standard_normal(uniform(person.key, luck.TEMPER))
        person.temper = laws.between(temper, 0.0, 1.0)
        person.disposition = 0.0
        if keys.disposition_spread > 0.0:
            person.disposition = keys.disposition_spread * standard_normal(uniform(person.key, luck.DISPOSITION))
        person.skill = keys.newcomer_skill if newcomer else people.skill
        if individual is not None:
            person.temper = individual.temper if individual.temper is not None else person.temper
            person.skill = individual.skill if individual.skill is not None else person.skill
        person.morale = laws.between(self.morale + person.disposition * (not newcomer), 0.0, 1.0)
        person.mood = 0.0 if newcomer else self.mood
        person.orientation = self.orientation
        person.feel(keys)
        person.mind(keys)
        self.posts[post] = person
        self._vacant_until.pop(post, None)
        self.line.welcome(person)

    @staticmethod
    def _mean(values: list[float], otherwise: float) -> float:
        return sum(values) / len(values) if values else otherwise
