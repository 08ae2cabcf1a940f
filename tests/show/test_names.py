"""What people wrote, as charts and sentences show it."""

from sim import load
from sim.scenario.part import Words
from sim.show.language import speaking
from sim.show.names import titled


def test_a_title_of_several_lines_is_said_on_one() -> None:
    shop = load("claims/workshop").model_copy(update={"title": Words(en="A small\n  shop\t\n", es=None)})
    assert titled(shop, speaking("en")) == "A small shop"
    assert titled(shop, speaking("es")) == "A small shop"
