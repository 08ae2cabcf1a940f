"""Twenty browsers at one workshop, pressing at random: nothing goes wrong and nothing grows."""

import pytest

from sim import load
from sim.show.workshop import document
from sim.study.workshop import attempt
from sim.study.workshop.attempt import Workshop
from sim.study.workshop.levers import levers
from tests.engine import ENGINE
from tests.show.workshop.browsing import DONE, a_browser
from tests.show.workshop.crowd import opened, press, weight, wrong
from tests.show.workshop.serving import serving


def test_twenty_browsers_press_at_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_REPLICATIONS", 3)
    monkeypatch.setattr(attempt, "MOST_KEPT", 60)
    shop = Workshop(load("claims/workshop"), engine=ENGINE)
    names = tuple(lever.id for lever in levers(shop.base))
    with serving(shop) as server, a_browser() as browser:
        pages = opened(browser, server.url, 20)
        press(pages, 30, 1, names)
        before = weight(pages[0])
        press(pages, 50, 2, names)
        for shown in pages:
            shown.page.evaluate("() => { goToSlide(null); change({}, {}); }")
        for shown in pages:
            shown.page.wait_for_selector(DONE, timeout=60_000)
            assert "Move a lever" in shown.text("#headline") or "Mueva" in shown.text("#headline")
        assert wrong(pages) == []
        after = weight(pages[0])
    assert shop.kept <= 60
    assert after.bytes < 1.5 * before.bytes + 2e6
    assert after.nodes < 2.0 * before.nodes + 2000
