"""Pictures of the workshop for the README, taken in a browser on this machine.

python -m experiments.screenshots.workshop
"""

from pathlib import Path

from sim import load
from sim.study.workshop.attempt import Workshop
from tests.show.workshop.browsing import Seen, a_browser
from tests.show.workshop.serving import serving

HERE = Path(__file__).parent


def taken(shown: Seen, name: str) -> None:
    shown.settle()
    shown.page.screenshot(path=HERE / f"workshop-{name}.png")


def main() -> None:
    with serving(Workshop(load("plant"), jobs=2)) as server, a_browser() as browser:
        shown = Seen(browser, server.url)
        shown.settle()
        shown.move("recognition", "Home")
        shown.move("style", "End")
        shown.page.evaluate("() => goTo(levered.weeks.indexOf(40))")
        taken(shown, "levers")
        shown.page.click("#tell")
        for _ in range(17):  # the question of the fourth chapter
            shown.page.keyboard.press("PageDown")
        shown.page.fill("#vote-typed", "30 60 75 40 50 20 35 80 55 40 90 65")
        shown.page.keyboard.press("Enter")
        shown.settle()
        shown.page.keyboard.press("PageDown")
        taken(shown, "answer")
        for _ in range(6):  # the company of the fifth chapter
            shown.page.keyboard.press("PageDown")
        shown.settle()
        shown.page.wait_for_timeout(6000)
        shown.page.click("#language")
        taken(shown, "company-es")


if __name__ == "__main__":
    main()
