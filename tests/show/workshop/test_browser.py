"""The page of a workshop in a real browser: levers answer, nothing is asked of anybody else, everybody can use it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim import load
from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop
from tests.engine import ENGINE
from tests.show.workshop.serving import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DONE = "#picture:not([aria-busy])"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(Workshop(load("claims/workshop"), engine=ENGINE)) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("there is no browser; on Debian: apt-get install chromium")
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


class Seen:
    """A page, with all that it complained of and all that it asked for."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.wrong: list[str] = []
        self.asked: set[str] = set()
        self.context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.wrong.append(said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(request.url))
        self.page.goto(url)
        self.settle()

    def settle(self) -> None:
        """Until the last refinement is shown."""
        self.page.wait_for_selector("#network-tried circle", state="attached", timeout=60_000)
        self.page.wait_for_selector(DONE, timeout=60_000)

    def move(self, lever: str, key: str) -> None:
        self.page.locator(f"#lever-{lever}").press(key)
        self.settle()

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())


@pytest.fixture
def seen(browser: Any, server: Server) -> Iterator[Seen]:
    made = Seen(browser, server.url)
    yield made
    made.context.close()
    assert made.wrong == []
    assert {url for url in made.asked if not url.startswith(server.url) and not url.startswith("blob:")} == set()


def test_a_lever_moves_the_company_and_undo_brings_it_back(seen: Seen) -> None:
    assert "Move a lever" in seen.text("#headline")
    seen.move("contact", "End")  # by keyboard
    said = seen.text("#headline")
    assert "Customers' satisfaction" in said
    assert "→" in said
    assert "40 companies on the same luck" in seen.text("#method")
    assert seen.page.locator("#chart-customer_satisfaction polygon").count() == 1
    seen.page.click("#undo")
    seen.settle()
    assert "Move a lever" in seen.text("#headline")


def test_a_link_restores_a_state(seen: Seen, browser: Any, server: Server) -> None:
    seen.move("style", "End")
    again = Seen(browser, str(seen.page.url))
    assert again.text("#headline") == seen.text("#headline")
    assert again.page.locator("#lever-style").input_value() == "1"
    again.context.close()


def test_both_languages_are_whole(seen: Seen) -> None:
    seen.move("recognition", "End")
    english = set(seen.text("body").split("\n"))
    seen.page.click("#language")
    spanish = seen.text("body").split("\n")
    assert "Satisfacción del cliente" in seen.text("#headline")
    assert "," in seen.text("#headline")
    assert seen.page.locator("html").get_attribute("lang") == "es"
    same = {line for line in spanish if line in english and any(letter.isalpha() for letter in line)}
    assert same <= {"IT"}, same


def test_time_runs_and_stands_still(seen: Seen) -> None:
    seen.page.click("#start")
    assert seen.text("#week-said").endswith("−8")
    seen.page.click("#play")
    seen.page.wait_for_timeout(1500)
    assert seen.page.locator("animateMotion").count() > 10
    seen.page.click("#play")
    assert not seen.text("#week-said").endswith("−8")
    assert seen.page.locator("animateMotion").count() == 0
    seen.page.click("#day0")
    assert seen.text("#week-said").endswith(" 0")


def test_less_motion_is_respected(browser: Any, server: Server) -> None:
    still = Seen(browser, server.url, reduced_motion="reduce")
    still.page.click("#play")
    still.page.wait_for_timeout(300)
    assert still.page.locator("animateMotion").count() == 0
    still.context.close()


def test_tries_line_up_and_a_name_is_only_a_name(seen: Seen) -> None:
    for lever, name in (("contact", "visits"), ("style", "<img src=x onerror=alert(1)>")):
        if seen.page.locator("#reset").is_enabled():
            seen.page.click("#reset")
            seen.settle()
        seen.move(lever, "End")
        seen.page.fill("#name", name)
        seen.page.click("#keep-button")
    rows = seen.page.locator("#tries tbody tr")
    assert rows.count() == 2
    assert seen.page.locator("#tries img").count() == 0
    assert rows.nth(0).inner_text().startswith("visits")  # the best first
    rows.nth(0).locator("button").click()
    seen.settle()
    assert seen.page.locator("#lever-contact").input_value() == "12"


def test_a_picture_is_a_file_of_its_own(seen: Seen, tmp_path: Path) -> None:
    with seen.page.expect_download() as waiting:
        seen.page.click("#save")
    waiting.value.save_as(tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "var(" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_what_cannot_be_is_said_and_the_page_goes_on(browser: Any, server: Server) -> None:
    odd = Seen(browser, f"{server.url}#%7B%22layers%22%3A99%7D")
    assert "layers: 99 is not allowed: 1 to 6" in odd.text("#headline")
    odd.page.click("#reset")
    odd.settle()
    assert "Move a lever" in odd.text("#headline")
    odd.context.close()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_nothing_stands_in_anybodys_way(browser: Any, server: Server, look: str, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    shown = Seen(browser, server.url)
    shown.page.set_viewport_size({"width": size[0], "height": size[1]})
    if look == "dark":
        shown.page.click("#look")
    found = Axe().run(shown.page)
    assert found.violations_count == 0, found.generate_report()
    wide = shown.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    shown.context.close()
