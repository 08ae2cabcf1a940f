"""The page of a workshop in a real browser: levers and story answer, it asks nobody else, everybody can use it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import load
from sim.show.workshop import document, onefile
from sim.show.workshop.onefile import exported
from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop
from tests.engine import ENGINE
from tests.show.workshop.browsing import DONE, Seen, a_browser
from tests.show.workshop.serving import few_states, serving

CHAPTERS = ("customers", "temper", "ceiling", "layers", "avoided", "chief", "inside")
MOST = 12
"""Replications after which a page stops refining here, since that takes time."""
STEPS = ("scene", "question", "answer", "company", "talk")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(document, "MOST_REPLICATIONS", MOST)
        with serving(Workshop(load("claims/workshop"), engine=ENGINE)) as made:
            yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with a_browser() as made:
        yield made


@pytest.fixture
def seen(browser: Any, server: Server) -> Iterator[Seen]:
    made = Seen(browser, server.url)
    made.settle()
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
    assert f"{MOST} companies on the same luck" in seen.text("#method")
    assert seen.page.locator("#chart-customer_satisfaction polygon").count() == 1
    seen.page.click("#undo")
    seen.settle()
    assert "Move a lever" in seen.text("#headline")


def test_a_link_restores_a_state(seen: Seen, browser: Any, server: Server) -> None:
    seen.move("style", "End")
    again = Seen(browser, str(seen.page.url))
    again.settle()
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


def test_the_bar_jumps_to_the_days_on_which_the_company_changes(browser: Any) -> None:
    base = load("claims/b05-authoritarian-chief")  # day 60
    with serving(Workshop(base, engine=ENGINE)) as other:
        shown = Seen(browser, other.url)
        shown.page.wait_for_selector("#network-tried circle", state="attached", timeout=60_000)
        assert shown.text("#day0") == "To the next change"
        for week in ("12", "0", "12"):
            shown.page.click("#day0")
            assert shown.text("#week-said") == f"week {week}"
        shown.context.close()


def test_a_second_lever_ends_the_question_of_the_first(seen: Seen) -> None:
    with seen.page.expect_event("requestfailed", timeout=30_000):
        seen.page.evaluate("() => { move(leverOf.layers, 6); }")
        seen.page.wait_for_timeout(20)
        seen.page.evaluate("() => { move(leverOf.layers, 2); }")
    seen.settle()
    assert seen.page.locator("#lever-layers").input_value() == "2"
    seen.wrong = [text for text in seen.wrong if "409" not in text]


def test_less_motion_is_respected(browser: Any, server: Server) -> None:
    still = Seen(browser, server.url, reduced_motion="reduce")
    still.settle()
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


def test_pictures_are_files_of_their_own(seen: Seen, tmp_path: Path) -> None:
    for kind in ("svg", "png"):
        with seen.page.expect_download() as waiting:
            seen.menu(f"save-{kind}")
        waiting.value.save_as(tmp_path / f"picture.{kind}")
    text = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "var(" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    png = (tmp_path / "picture.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") > 1500  # fit for a slide


def test_a_try_stays_on_the_left_while_the_next_one_is_made(seen: Seen) -> None:
    seen.move("contact", "End")
    one = seen.text("#headline")
    seen.page.click("#pin")
    seen.settle()
    assert "never part" in seen.text("#method")
    assert seen.text("#figure-base figcaption") == "What was kept on the left"
    seen.move("contact", "Home")
    back = seen.text("#headline")
    change = re.compile(r"\(([+−])(\d+\.\d)")
    assert change.findall(one)[0][1] == change.findall(back)[0][1]
    assert change.findall(one)[0][0] != change.findall(back)[0][0]
    seen.page.click("#reset")
    seen.settle()
    assert "Move a lever" in seen.text("#headline")


def test_a_file_brings_a_session_back(seen: Seen, browser: Any, server: Server, tmp_path: Path) -> None:
    seen.move("style", "End")
    seen.page.fill("#name", "harsh")
    seen.page.click("#keep-button")
    seen.page.click("#tell")
    seen.page.keyboard.press("PageDown")
    seen.page.keyboard.press("PageDown")
    seen.page.fill("#vote-typed", "3 5")
    seen.page.keyboard.press("Enter")
    with seen.page.expect_download() as waiting:
        seen.menu("save-session")
    waiting.value.save_as(tmp_path / "workshop.json")
    again = Seen(browser, server.url)
    again.settle()
    again.page.set_input_files("#session-file", tmp_path / "workshop.json")
    again.page.wait_for_selector('body[data-step="question"]')
    assert again.text("#vote-count") == "2 guesses"
    again.page.keyboard.press("l")
    again.settle()
    assert again.page.locator("#lever-style").input_value() == "1"
    assert again.page.locator("#tries tbody tr").count() == 1
    for text, said in (("{", "is no session"), ('{"format": "customer-chain workshop 1", "company": "x"}', "another")):
        (tmp_path / "wrong.json").write_text(text, encoding="utf-8")
        again.page.set_input_files("#session-file", tmp_path / "wrong.json")
        again.page.wait_for_timeout(200)
        assert said in again.text("#headline")
        assert again.page.locator("#tries tbody tr").count() == 1
    again.context.close()


def guessed(shown: Seen) -> None:
    if shown.page.locator("#vote-number").is_visible():
        low, high = (float(shown.page.locator("#vote-slider").get_attribute(name)) for name in ("min", "max"))
        shown.page.fill("#vote-typed", f"{low:g} {high:g} {(low + high) / 2:g}")
        shown.page.keyboard.press("Enter")
        shown.page.locator("#vote-slider").press("End")
        shown.page.click("#vote-add")
        assert shown.text("#vote-count")[0] == "4"
        shown.page.click("#vote-back")
        shown.page.fill("#vote-typed", "1000")
        shown.page.keyboard.press("Enter")
        assert "1000" in shown.text("#vote-count")
    else:
        for key in "112":
            shown.page.keyboard.press(key)
    assert len(shown.page.locator("#chart-votes rect").all()) >= 2


def walked(shown: Seen, look: bool) -> None:
    """The story from end to end, by a presenter's clicker; what is drawn can be read."""
    shown.page.click("#tell")
    assert shown.step() == " opening"
    for chapter in CHAPTERS:
        for step in STEPS:
            shown.page.keyboard.press("PageDown")
            assert shown.step() == f"{chapter} {step}"
            if step == "question":
                guessed(shown)
            if step == "answer":
                shown.page.wait_for_selector(DONE, timeout=60_000)
                assert "living through" not in shown.text("#story-text")
            assert "{" not in shown.text("#story")
            if look:
                assert shown.overlapping() == []
                tall = shown.page.evaluate("() => document.documentElement.scrollHeight - innerHeight")
                assert tall <= 0, (chapter, step)
            if step == "company":
                shown.page.wait_for_selector("#network-base animateMotion", state="attached")
    shown.page.keyboard.press("PageDown")
    assert shown.step() == " closing"
    assert shown.page.locator("#scores tbody tr").count() == len(CHAPTERS)
    unknown = shown.page.locator("#scores tbody").inner_text().count("–")
    assert unknown <= (0 if look else 1)  # few replications may not tell everything
    shown.page.keyboard.press("PageDown")
    assert shown.step() == " closing"
    shown.page.keyboard.press("PageUp")
    assert shown.step() == "inside talk"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_story_is_told_from_end_to_end(seen: Seen, language: str) -> None:
    if language == "es":
        seen.page.click("#language")
    walked(seen, look=True)


def test_the_story_can_be_told_on_a_phone(browser: Any, server: Server) -> None:
    small = Seen(browser, server.url, (390, 844))
    small.settle()
    small.page.click("#tell")
    for _ in range(37):
        wide = small.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, small.step()
        small.page.click("#story-next", force=True)
    small.context.close()


def test_notes_go_with_the_story_on_a_window_of_their_own(seen: Seen) -> None:
    seen.page.click("#tell")
    seen.page.keyboard.press("PageDown")
    with seen.page.expect_popup() as waiting:
        seen.menu("notes")
    notes = waiting.value
    assert "Everyone has customers · scene" in notes.inner_text("body")
    notes.keyboard.press("PageDown")  # the notes' window takes the clicker too
    assert seen.step() == "customers question"
    notes.wait_for_selector("text=Everyone has customers · question")
    seen.page.wait_for_selector(DONE)
    assert "The company will say: 9" in notes.inner_text("body")
    seen.page.keyboard.press("n")
    assert "Everyone has customers · question" in seen.text("#notes-here")
    seen.page.keyboard.press("b")
    assert seen.page.locator("#dark").is_visible()
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#dark").is_visible()
    seen.page.keyboard.press("l")
    assert seen.step() == " "
    seen.page.keyboard.press("l")
    assert seen.step() == "customers question"


def test_a_reload_keeps_place_guesses_and_language_and_goes_on(seen: Seen) -> None:
    seen.page.click("#language")
    seen.page.click("#tell")
    for _ in range(2):
        seen.page.keyboard.press("PageDown")
    seen.page.keyboard.type("4; 5,9 12%")  # the field waits for it
    seen.page.keyboard.press("Enter")
    assert "12" in seen.text("#vote-count")  # there are nine departments
    seen.page.fill("#vote-typed", "4; 5,9")
    seen.page.keyboard.press("Enter")
    seen.page.reload()
    assert seen.step() == "customers question"
    assert seen.text("#vote-count") == "3 apuestas"
    seen.page.keyboard.press("PageDown")
    seen.page.wait_for_selector("text=9 de 9", timeout=60_000)


def test_another_group_begins_with_nothing(seen: Seen) -> None:
    seen.page.on("dialog", lambda dialog: dialog.accept())
    seen.page.evaluate("() => goToSlide(7)")
    seen.page.keyboard.press("2")
    assert seen.text("#vote-count") == "1 guess"
    seen.menu("begin")
    seen.settle()
    seen.page.click("#tell")
    assert seen.step() == " opening"
    seen.page.evaluate("() => goToSlide(7)")
    assert seen.text("#vote-count") == "0 guesses"


def test_a_chapter_that_was_broken_off_is_asked_again_and_never_gets_worse(seen: Seen) -> None:
    seen.page.evaluate("() => { goToSlide(14); change({ talk: 0.7 }, {}); goToSlide(14); }")
    seen.page.wait_for_selector(DONE, timeout=60_000)
    seen.page.evaluate("() => { goToSlide(19); }")
    assert seen.page.evaluate("() => told.ceiling.replications") == MOST
    seen.page.evaluate("() => { goToSlide(14); }")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("() => told.ceiling.replications") == MOST


def test_a_try_is_kept_with_the_levers_that_gave_it(seen: Seen) -> None:
    seen.move("contact", "End")
    seen.page.click("#pin")
    seen.settle()
    seen.move("contact", "Home")
    seen.page.fill("#name", "back again")
    seen.page.click("#keep-button")
    seen.page.evaluate("() => { move(leverOf.layers, 99); }")  # refused
    seen.page.wait_for_selector("text=layers: 99 is not allowed")
    assert seen.page.locator("#keep-button").is_disabled()
    seen.page.click("#language")
    assert "layers: 99" in seen.text("#headline")
    seen.page.locator("#tries tbody button").click()
    seen.settle()
    assert seen.text("#figure-base figcaption") == "Lo que se dejó a la izquierda"
    seen.wrong = [text for text in seen.wrong if "422" not in text]


def test_late_requests_are_red_and_those_in_time_are_not(seen: Seen) -> None:
    count = """(share) => {
      for (const link of Object.values(levered.links.tried)) link.in_time[week] = share;
      playing = true;
      network("tried", levered, { base: "", tried: "" });
      playing = false;
      const dots = [...document.querySelectorAll("#network-tried circle:has(animateMotion)")];
      return [dots.length, dots.filter((one) => one.getAttribute("fill") === "var(--late)").length];
    }"""
    for share, late in ((1.0, 0.0), (0.0, 1.0)):
        all_, red = seen.page.evaluate(count, share)
        assert all_ > 10
        assert red == late * all_


def test_near_guesses_are_told_from_far_ones(seen: Seen) -> None:
    said = """(given) => {
      told.layers = { told: { truth: [48, 46, 50] } };
      votes.layers = given;
      return nearness(company.chapters.find((one) => one.id === "layers"));
    }"""
    for given, near in (([45, 50, 52], "near"), ([65], "partly"), ([95, 90], "surprise"), ([], None)):
        assert seen.page.evaluate(said, given) == near


def test_one_figure_fills_the_picture_and_goes_back(seen: Seen) -> None:
    before = seen.page.locator("#chart-morale").bounding_box()
    seen.page.locator("#figure-morale .larger").click()
    large = seen.page.locator("#chart-morale").bounding_box()
    assert large["width"] > 2 * before["width"]
    assert not seen.page.locator("#network-base").is_visible()
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#network-base").is_visible()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(onefile, "grid", few_states)
        patched.setattr(onefile, "TOLD_REPLICATIONS", 4)
        made = exported(Workshop(load("claims/workshop"), engine=ENGINE, jobs=2), "en", 6, lambda _: None)
    path = tmp_path_factory.mktemp("file") / "story.html"
    path.write_text(made.text, encoding="utf-8")
    return path


def test_the_file_shows_what_the_program_would_and_says_what_it_does_not_hold(
    browser: Any, file: Path, server: Server
) -> None:
    alone = Seen(browser, file.as_uri(), offline=True)
    alone.settle()
    alone.move("style", "End")
    found = server.workshop.attempt({"style": 1.0}, 6)
    mean = found.change["customer_satisfaction"][0]
    assert f"−{abs(mean):.1f}" in alone.text("#headline")
    assert "6 companies on the same luck" in alone.text("#method")
    change = alone.page.evaluate("() => levered.change")
    for outcome in ("customer_satisfaction", "morale", "profit", "messages_intact_share"):
        assert change[outcome] == pytest.approx(found.change[outcome], rel=1e-3, abs=1e-3), outcome
    kept = alone.page.evaluate("() => levered.kept")
    assert kept == pytest.approx(dict(found.kept), abs=1e-4)
    assert alone.page.evaluate("() => levered.parts") == found.parts
    title = alone.page.locator("#chart-morale title").text_content()
    last = [float(np.nanmean(found.paths[which]["morale"].mean[-13:])) for which in ("base", "tried")]
    assert title == f"Morale, points of 100: {last[0]:.1f}, {last[1]:.1f}"
    circles = alone.page.locator("#network-tried text.on").all_text_contents()
    week = found.weeks.index(0)
    morale = [row[0][week] for row in found.departments["tried"].values()]
    assert all(abs(int(text) - value) <= 1.0 for text, value in zip(circles, morale, strict=True) if text != "–")
    alone.move("talk", "End")
    assert alone.text("#headline").startswith("Not in this file")
    assert alone.page.locator("#picture[data-outside]").count() == 1
    alone.page.click("#undo")
    alone.settle()
    assert alone.page.locator("#picture[data-outside]").count() == 0
    assert alone.wrong == []
    assert {url.partition(":")[0] for url in alone.asked} == {"file"}
    alone.context.close()


def test_the_file_tells_the_whole_story_without_a_network(browser: Any, file: Path) -> None:
    alone = Seen(browser, file.as_uri(), offline=True)
    alone.settle()
    alone.page.click("#language")
    walked(alone, look=False)
    assert alone.wrong == []
    assert {url.partition(":")[0] for url in alone.asked} == {"file"}
    alone.context.close()


def test_what_cannot_be_is_said_and_the_page_goes_on(browser: Any, server: Server) -> None:
    odd = Seen(browser, f"{server.url}#%7B%22state%22%3A%7B%22layers%22%3A99%7D%7D")
    odd.settle()
    assert "layers: 99 is not allowed: 1 to 6" in odd.text("#headline")
    odd.page.click("#reset")
    odd.settle()
    assert "Move a lever" in odd.text("#headline")
    odd.context.close()


@pytest.mark.parametrize(("look", "size"), [("light", (1280, 720)), ("dark", (390, 844))])
def test_nothing_stands_in_anybodys_way(browser: Any, server: Server, look: str, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    shown = Seen(browser, server.url, size)
    shown.settle()
    if look == "dark":
        shown.menu("look")
    for place in (None, 0, 1, 2, 3, 4, 5, 7, 36):  # levers, opening, the steps of a chapter, a choice, the closing
        shown.page.evaluate("(place) => goToSlide(place)", place)
        if place == 5:
            shown.page.keyboard.press("n")
        found = Axe().run(shown.page)
        assert found.violations_count == 0, (shown.step(), found.generate_report())
        wide = shown.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    shown.context.close()
