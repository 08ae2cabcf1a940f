"""From a lever to the first picture, in a browser on this machine: milliseconds.

python -m experiments.benchmarks.workshop_latency --moves 100
"""

import argparse
import random

import numpy as np

from sim import load
from sim.study.workshop.attempt import Workshop
from tests.show.workshop.browsing import Seen, a_browser
from tests.show.workshop.serving import serving

LEVERS = ("layers", "delegation", "recognition", "clarity", "team", "talk", "contact", "style", "staff", "temper")
MOVE = """async ([id, share]) => {
  const input = document.getElementById(`lever-${id}`);
  const steps = Math.round((input.max - input.min) / input.step);
  input.value = Number(input.min) + Math.floor(share * (steps + 1)) * input.step;
  const before = levered, began = performance.now();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  while (levered === before) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - began;
}"""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--moves", type=int, default=100)
    options.add_argument("--scenario", default="plant")
    asked = options.parse_args()
    luck, found = random.Random(1), []
    with serving(Workshop(load(asked.scenario), jobs=2)) as server, a_browser() as browser:
        shown = Seen(browser, server.url)
        shown.settle()
        for _ in range(asked.moves):
            found.append(shown.page.evaluate(MOVE, [luck.choice(LEVERS), luck.random()]))
            shown.page.wait_for_timeout(luck.uniform(50, 1500))  # while it refines
    middle, late = np.quantile(found, [0.5, 0.95])
    print(
        f"{asked.scenario}, {asked.moves} moves while refining: median {middle:.0f} ms, 95th percentile {late:.0f} ms"
    )


if __name__ == "__main__":
    main()
