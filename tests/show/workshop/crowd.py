"""A crowd of browsers at one workshop, each of which presses at random."""

import random
from dataclasses import dataclass
from typing import Any

from tests.show.workshop.browsing import Seen

PRESSED = (
    "undo", "reset", "pin", "play", "start", "day0", "tell", "story-next", "story-back", "language", "vote-add",
    "vote-back", "keep-button",
)  # fmt: skip
KEYS = ("PageDown", "PageUp", "n", "b", "Escape", "l", "1", "2")
_ACT = """([what, name, share]) => {
  if (what === "lever") {
    const input = document.getElementById(`lever-${name}`);
    if (input.type === "checkbox") input.checked = !input.checked;
    else if (input.options) input.selectedIndex = Math.floor(share * input.options.length);
    else input.value = Number(input.min) + share * (input.max - input.min);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (what === "key") document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  else if (what === "name") document.getElementById("name").value = name;
  else if (document.getElementById(name).getClientRects().length) document.getElementById(name).click();
}"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page holds, its waste taken away: bytes of its program's values, and nodes of its documents."""

    bytes: float
    nodes: float


def weight(shown: Seen) -> Weight:
    """How much a page holds now."""
    session = shown.context.new_cdp_session(shown.page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return Weight(found["JSHeapUsedSize"], found["Nodes"])


def press(pages: list[Seen], actions: int, seed: int, levers: tuple[str, ...]) -> None:
    """So many actions, each on one of the pages, none of which waits for what the one before it brings."""
    luck = random.Random(seed)
    for _ in range(actions):
        shown = luck.choice(pages)
        what = luck.choices(("lever", "button", "key", "name"), (5, 4, 3, 1))[0]
        name = {
            "lever": lambda: luck.choice(levers),
            "button": lambda: luck.choice(PRESSED),
            "key": lambda: luck.choice(KEYS),
            "name": lambda: f"try {luck.randrange(8)}",
        }[what]()
        shown.page.evaluate(_ACT, [what, name, luck.random()])


def wrong(pages: list[Seen]) -> list[str]:
    """What pages complained of; not that another lever was moved meanwhile, nor that a lever cannot be so."""
    return [text for shown in pages for text in shown.wrong if "409" not in text and "422" not in text]


def opened(browser: Any, url: str, count: int) -> list[Seen]:
    """So many pages, each a visitor of its own; small ones, half of them without motion."""
    motion = ("no-preference", "reduce")
    return [Seen(browser, url, (480, 360), reduced_motion=motion[number % 2]) for number in range(count)]
