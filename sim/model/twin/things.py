"""What is alive in the twin, and what it is told: the same things as in the reference, as they lie in memory.

Names are those of the reference. What both engines move alike (people, relations, customers, tallies) is inherited from
the model, methods included. A pointer to nothing stands for ``None``, NaN for a time that has not come, −1 for a number
that is not there.
"""

from typing import Annotated

from sim.model import customer
from sim.model.feelings import Feelings
from sim.model.record import CompanyTally, DepartmentTally, LinkTally, ManagerTally, MarketTally
from sim.model.relation import Relation
from sim.model.twin.memory import WITHIN, Half, thing
from sim.scenario.parameters import Laws
from sim.scenario.practices import Practices

thing(Laws)
thing(Practices)
thing(LinkTally)
thing(DepartmentTally)
thing(ManagerTally)
thing(MarketTally)
thing(CompanyTally)


# What a scenario says, from one dated change to the next


@thing
class Ways:
    """The distribution of the hours that a job takes."""

    kind: int
    mean: float
    shape: float


@thing
class DepartmentKeys:
    """What holds for a department."""

    way: Annotated[Ways, WITHIN]
    intake_share: float
    errors_noticed: float
    right: float
    price: float
    bought: bool
    staff: int
    jobs_per_hour: float
    flaws_per_hour: float
    respect: float
    relays: int
    span: float
    own_way: Annotated[Ways, WITHIN]
    practices: Practices
    superiors: "Superior"
    neighbours: "Neighbour"
    neighbour_count: int


@thing
class LinkKeys:
    """What holds for a link."""

    share: float
    surely: int
    perhaps: float
    blocking: bool
    avoidable: bool
    priority: int
    acceptable_wait_hours: float
    team_hours: float
    carries: bool


@thing
class ManagerKeys:
    """What holds for a manager: whether they are in office, under whom, and what they head."""

    in_office: bool
    head: "Manager"
    is_chief: bool
    span: float
    unit: "Member"
    unit_count: int


@thing
class Epoch:
    """All that holds from a day on."""

    day: int
    feels: bool
    laws: Laws
    departments: DepartmentKeys
    links: LinkKeys
    managers: ManagerKeys
    from_the_top: "Superior"
    in_office_count: int
    layers: int
    delegation: float
    decision_share: float
    decision_hours: float
    relay_hours: float
    duty_hours: float
    duties_per_hour: float
    authoritarian: float
    chief_authoritarian: float
    hire: float
    worker_hour: float
    manager_hour: float
    survey: float
    price: float
    expectation: float
    rising: float
    purchases_per_hour: float
    newcomers_per_hour: float


@thing
class Superior:
    """One of a row of managers."""

    manager: "Manager"


@thing
class Member:
    """One of a row of departments."""

    department: "Department"


@thing
class Neighbour:
    """One of the departments that are linked to another."""

    department: "Department"


@thing
class Supplier:
    """One of the links through which a department is served, with its key and place."""

    link: "Link"
    key: int
    place: int


# What is alive


@thing
class Task:
    """Whatever something happens to at a time of its own: a job, an errand, a stream of arrivals, the days.

    ``stamp`` tells the moment that it waits for from those that it no longer does.
    """

    what: Half
    stage: Half
    stamp: Half
    priority: Half
    next: "Task"
    worker: "Person"
    key: int
    hours: float
    joined: float


@thing
class Job(Task):
    """As ``Job`` in ``job.py``; ``holds`` counts who still needs it: itself, its requests, and who waited for it."""

    department: "Department"
    service: "Link"
    parent: "Job"
    person: "Person"
    critical: "Job"
    asked_in: Epoch
    rest: float
    holds: Half
    awaited: Half
    attempt: Half
    blocks: bool
    decides: bool
    asked: float
    started: float
    finished: float
    handling_hours: float
    queueing_hours: float
    since: float
    chance: float
    acceptable_wait_hours: float
    repair_hours: float
    deciding_hours: float
    workaround_hours: float
    fault: "Link"
    customer: "Customer"
    number: int
    root: int
    outcome: Half
    asker: Half


@thing
class Errand(Task):
    """A meeting, a duty, a decision that climbs, or a customer's word on its way."""

    next_errand: "Errand"
    kind: int
    line: "Line"
    manager: "Manager"
    called_back: bool
    job: Job
    way_hours: float
    began: float
    front: "Department"
    about: "Department"
    asked_in: Epoch
    common: int
    way: int
    relays: int
    relay: int
    intact: bool


@thing
class Arrivals(Task):
    """As ``Arrivals`` in ``arrivals.py``, of a single source; the market's purchases have a heap of theirs besides."""

    clock: float
    set_at: float
    rate: float
    due: float
    occurrence: int
    kind: int
    department: "Department"
    manager: "Manager"


@thing
class Due:
    """When a customer's next purchase is due, on the clock of purchases."""

    due: float
    key: int
    customer: "Customer"
    occurrence: int


@thing
class Event:
    """A moment that is to come: what happens, to whom. Two lie in one line of the processor's cache."""

    time: float
    key: int
    kind: Half
    stamp: Half
    task: Task


@thing
class Turn:
    """Something that happens now, in its turn."""

    task: Task


@thing
class Person(Feelings):
    """As ``Person`` in ``person.py``, or a manager's time; ``holds``: their post, their line, jobs that know them."""

    leaving: bool
    at_work: bool
    holds: Half
    next: "Person"
    before: "Person"
    number: int
    post: int
    individual: int


@thing
class Lane:
    """Those of one standing and priority who wait in a line, as they came."""

    standing: int
    priority: int
    first: Task
    last: Task
    next: "Lane"


@thing
class Line:
    """As ``Line`` in ``line.py``. ``idle`` and ``busy`` are the first of chains; the longest idle comes first."""

    staff: int
    idle: Person
    idle_last: Person
    busy: Person
    working: int
    waiting: int
    lanes: Lane
    closing: bool
    counted_to: float
    visits: int
    waits: int
    waited_hours: float
    waiting_area: float
    busy_hours: float
    staffed_hours: float


@thing
class Post:
    """A post of a team: who holds it, when it is filled again, and whom the file puts there.

    ``outgoing`` gave the post up. ``differs`` if the file says something of whoever holds it; days that it does not
    give lie far away.
    """

    person: Person
    outgoing: Person
    holders: int
    vacant: bool
    vacant_until: int
    differs: bool
    has_temper: bool
    has_skill: bool
    temper: float
    skill: float
    arrives_day: int
    leaves_day: int


@thing
class Flaw:
    """A way of working that hurts, until the hour at which it vanishes of itself."""

    vanishes: float
    next: "Flaw"


@thing
class Department:
    """As ``Department`` and ``Team``; morale, mood, orientation and pace are the team's as the day began."""

    keys: DepartmentKeys
    suppliers: Supplier
    supplier_count: int
    flaw_count: int
    pace: float
    pressure: float
    asked_hours: float
    place: int
    line: Annotated[Line, WITHIN]
    load: float
    tally: Annotated[DepartmentTally, WITHIN]
    key: int
    own_work: Arrivals
    own_flaws: Arrivals
    flaws: Flaw
    flaws_last: Flaw
    morale: float
    mood: float
    orientation: float
    temper: float
    skill: float
    inclination: float
    posts: Post
    post_count: int
    most_posts: int
    numbers: int
    begun: bool


@thing
class Link(Relation):
    """As ``Service`` in ``service.py``; ``customer`` points to nothing where the market is served."""

    key: int
    place: int
    keys: LinkKeys
    supplier: Department
    customer: Department
    to_market: bool
    used_today: bool
    tally: Annotated[LinkTally, WITHIN]


@thing
class Manager:
    """As ``Manager`` in ``management.py``."""

    key: int
    place: int
    keys: ManagerKeys
    tally: Annotated[ManagerTally, WITHIN]
    line: Annotated[Line, WITHIN]
    duties: Arrivals
    style: float
    begun: bool
    in_office: bool


@thing
class Customer(customer.Customer):
    """As ``Customer`` in ``customer.py``; ``next`` came after."""

    number: int
    panel: bool
    next: "Customer"


@thing
class Figure:
    """One of a row of numbers that a week leaves."""

    value: float


@thing
class Row:
    """A request as the trace tells it; places of departments instead of names, −1 for the market, −2 for nobody."""

    key: int
    number: int
    parent: int
    root: int
    supplier: int
    customer: int
    asker: int
    server: int
    right: int
    answer: int
    asked: float
    started: float
    finished: float
    wait_hours: float
    work_hours: float
    respect: float
    agility: float
    care: float
    ceiling: float


@thing
class Said:
    """A line of the diary: a moment, or at a day's beginning the states of one of those alive."""

    time: float
    key: int
    kind: int
    first: float
    second: float
    third: float
    fourth: float


@thing
class Company:
    """Everything that is alive in one replication. Free things of each sort hang in a chain.

    ``short``: the next step might not find room for all that it begins (``…_at_once`` of each sort).
    """

    key: int
    now: float
    end: float
    grid: float
    day: int
    day_begins: bool
    opening: int
    numbers: int
    feels: bool
    managed: bool
    traced: bool
    watched: bool
    epoch: Epoch
    laws: Laws
    epochs: Epoch
    epoch_count: int
    epoch_place: int
    tally: CompanyTally
    market_tally: MarketTally
    department_figures: Figure
    link_figures: Figure
    manager_figures: Figure
    market_figures: Figure
    figures: Figure
    departments: Department
    department_count: int
    links: Link
    link_count: int
    front_line: Supplier
    front_line_count: int
    managers: Manager
    manager_count: int
    days: Task
    purchases: Arrivals
    newcomers: Arrivals
    customers: Customer
    customers_last: Customer
    customer_count: int
    active: int
    satisfaction: float
    start_satisfaction: float
    start_will: float
    due: Due
    due_count: int
    due_room: int
    agenda: Event
    agenda_count: int
    first_is_past: bool
    short: bool
    agenda_room: int
    moments_at_once: int
    urgent: Turn
    urgent_first: int
    urgent_count: int
    normal: Turn
    normal_first: int
    normal_count: int
    turn_room: int
    jobs: Job
    jobs_free: int
    jobs_at_once: int
    errands: Errand
    errands_free: int
    errands_at_once: int
    people: Person
    people_free: int
    people_at_once: int
    lanes: Lane
    lanes_free: int
    lanes_at_once: int
    flaws: Flaw
    flaws_free: int
    flaws_at_once: int
    free_customers: Customer
    customers_free: int
    customers_at_once: int
    rows: Row
    row_count: int
    row_room: int
    rows_at_once: int
    said: Said
    said_count: int
    said_room: int
    said_at_once: int
