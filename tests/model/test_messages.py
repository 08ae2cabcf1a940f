"""What customers say: how long it takes through the company, whether it arrives, and what it mends. Tiny worlds."""

from typing import Any

import pytest

from tests.worlds import TinyWorld, feeling

FOREVER = float("inf")
INTACT = {"message_kept": 1.0, "message_kept_sideways": 1.0, "fear": 0.0}


def said(
    laws: dict[str, Any] | None = None,
    practices: dict[str, Any] | None = None,
    expectation: float = 1.0,
    layers: int = 2,
    back: dict[str, Any] | None = None,
    **keys: Any,
) -> TinyWorld:
    """A disappointed customer, and a flaw in the back, whose answer is wrong; words about it take 2 h a relay.

    The purchase is answered at hour 2; whoever is disappointed complains.
    """
    parts = [
        {"name": "front", "handling_hours": 1.0, "intake_share": 0.5},
        {"name": "back", "handling_hours": 1.0, "right_first_time": 0.01, "errors_noticed": 0.0, **(back or {})},
    ]
    scenario = feeling(
        parts,
        laws={"complaint_share": 1.0, "message_hours": 0.25, "mending_hours": 0.0, **(laws or {})},
        practices=practices,
        management={"layers": layers, "relay_hours": 2.0},
        market={"expectation": expectation},
        **{"days": 10, **keys},
    )
    world = TinyWorld(scenario, customers=1)
    world.people("front", morale=0.5)
    world.people("back", morale=0.5)
    world.company.market.customers[0].will = expectation
    world.company.departments["back"].flaws = [FOREVER]
    world.request("front>market", 0.0, key=1, customer=0)
    return world


def told(world: TinyWorld) -> dict[str, float]:
    departments = world.record.departments
    back = departments.names.index("back")
    columns = ("messages", "messages_intact", "messages_distorted", "messages_lost", "message_hours")
    return {column.removeprefix("messages_"): departments[column][:, back].sum() for column in columns}


@pytest.mark.parametrize(("layers", "managers"), [(1, 1), (2, 3), (3, 3)])
def test_word_climbs_to_the_first_common_manager_and_descends_relay_by_relay(layers: int, managers: int) -> None:
    # With three layers over two departments tier 2 already has one unit, so the chief of tier 3 need not hear of it.
    units = {"units": {"2": {"both": ["back", "front"]}}} if layers == 3 else {}
    world = said(INTACT, layers=layers)
    if units:
        scenario = world.company.record.scenario.model_dump(exclude_unset=True)
        scenario["management"] |= units
        world = TinyWorld(type(world.company.record.scenario).model_validate(scenario), customers=1)
        world.people("front", morale=0.5)
        world.people("back", morale=0.5)
        world.request("front>market", 0.0, key=1, customer=0)
    world.live()
    relays = managers + 1
    assert told(world) == {
        "messages": 1, "intact": 1, "distorted": 0, "lost": 0, "message_hours": relays * 2.0 + managers * 0.25
    }  # fmt: skip


def test_word_that_every_relay_distorts_or_loses_never_arrives_intact() -> None:
    for distorted in (0.0, 1.0):
        world = said({"message_kept": 0.0, "message_distorted": distorted})
        world.live()
        result = told(world)
        assert (result["intact"], result["distorted"], result["lost"]) == (0, distorted, 1 - distorted)
        assert world.company.departments["back"].flaws == [FOREVER]


def test_only_an_intact_word_mends_and_a_distorted_one_costs_the_same_hours() -> None:
    for kept, left in ((1.0, 0), (0.0, 1)):
        world = said(INTACT | {"message_kept": kept, "message_distorted": 1.0, "mending_hours": 3.0})
        world.live()
        assert len(world.company.departments["back"].flaws) == left
        assert world.record.departments["practice_hours"].sum() == 3.0


def test_intact_word_reminds_those_it_is_about_whom_they_serve() -> None:
    world = said(INTACT | {"orientation_from_message": 0.5})
    [back], [front] = world.people("back", orientation=0.4), world.people("front", orientation=0.4)
    world.live()
    assert (back.orientation, front.orientation) == (pytest.approx(0.7), 0.4)


def test_word_goes_sideways_past_the_hierarchy_in_one_relay() -> None:
    world = said(INTACT | {"message_kept": 0.0, "informal_reach": 0.0}, {"informal_communication": 1.0})
    world.live()
    assert told(world) == {"messages": 1, "intact": 1, "distorted": 0, "lost": 0, "message_hours": 2.0}


def test_word_about_the_front_line_itself_is_heard_at_once() -> None:
    world = said(INTACT | {"message_kept": 0.0}, back={"right_first_time": 1.0})
    front = world.company.departments["front"]
    front.flaws = [FOREVER]
    front.change(world.company.record.scenario, front_keys(world, right_first_time=0.01, errors_noticed=0.0))
    world.live()
    assert front.flaws == []
    assert world.record.departments["message_hours"].sum() == 0.0


def front_keys(world: TinyWorld, **changed: float) -> Any:
    [keys] = [part for part in world.company.record.scenario.departments if part.name == "front"]
    return keys.model_copy(update=changed)


def test_words_reach_a_contractor_through_more_relays() -> None:
    contract = {"hours": 1.0, "spread": 0.0, "right_first_time": 0.01, "relays": 3}
    world = said(INTACT, back={"contract": contract})
    world.live()
    assert told(world)["message_hours"] == (4 + 3) * 2.0 + 3 * 0.25


def test_words_about_a_front_line_that_is_bought_pass_its_relay_and_none_of_the_companys() -> None:
    contract = {"hours": 1.0, "spread": 0.0, "right_first_time": 0.01, "relays": 1}
    arrived = {}
    for kept in (0.0, 1.0):
        laws = {"message_kept": kept, "message_kept_sideways": 1.0, "message_distorted": 1.0, "complaint_share": 1.0}
        parts = [{"name": "front", "contract": contract, "errors_noticed": 0.0}]
        scenario = feeling(parts, laws=laws, management={"relay_hours": 2.0}, market={"expectation": 1.0}, days=5)
        world = TinyWorld(scenario, customers=1)
        world.request("front>market", 0.0, key=1, customer=0)
        world.live()
        departments = world.record.departments
        arrived[kept] = departments["messages_intact"].sum()
        assert departments["message_hours"].sum() == 2.0
    assert arrived == {0.0: 0, 1.0: 1}


def test_those_who_blame_hear_less_bad_news() -> None:
    arrived = {}
    for style in (0.0, 1.0):
        world = said({"message_kept": 1.0, "fear": 1.0, "message_distorted": 0.0}, layers=1)
        world.company.management.managers["1:company"].style = style
        world.live()
        arrived[style] = told(world)["intact"]
    assert arrived == {0.0: 1, 1.0: 0}


def test_only_the_disappointed_complain() -> None:
    for expectation, words in ((1.0, 1), (0.0, 0)):
        world = said(INTACT, expectation=expectation)
        world.live()
        assert told(world)["messages"] == words


def test_survey_hears_what_would_not_have_been_said_and_costs_its_price() -> None:
    for share, words in ((0.0, 0), (1.0, 1)):
        money = {"survey": 7.0, "manager_hour": 0.0, "worker_hour": 0.0}
        world = said(INTACT | {"complaint_share": 0.0}, {"survey_share": share}, money=money)
        world.live()
        assert told(world)["messages"] == words
        assert world.record.company["cost"].sum() == 7.0 * share


def test_contact_with_customers_reveals_flaws_lifts_orientation_and_takes_hours() -> None:
    laws = {"contact_reveals": 1.0, "orientation_from_contact": 0.5, "contact_hours": 4.0}
    parts = [{"name": "desk", "practices": {"customer_contacts_per_year": 25.0}}]
    world = TinyWorld(feeling(parts, days=20, laws=laws))
    [person] = world.people("desk", orientation=0.2)
    world.company.departments["desk"].flaws = [FOREVER] * 3
    world.live()
    assert person.orientation == pytest.approx(0.8)  # two contacts in 20 days
    assert len(world.company.departments["desk"].flaws) == 1
    assert world.record.departments["practice_hours"].sum() == 8.0
