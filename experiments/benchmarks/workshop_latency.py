"""From a lever to the first picture, in a browser on this machine: milliseconds.

python -m experiments.benchmarks.workshop_latency --moves 100
"""

import argparse
import random
import shutil
import threading

import numpy as np
from playwright.sync_api import sync_playwright

from sim import load
from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop

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
    server = Server(Workshop(load(asked.scenario), jobs=2))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    luck, found = random.Random(1), []
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(server.url)
        page.wait_for_selector("#network-tried circle", state="attached", timeout=60_000)
        page.wait_for_selector("#picture:not([aria-busy])", timeout=60_000)
        for _ in range(asked.moves):
            found.append(page.evaluate(MOVE, [luck.choice(LEVERS), luck.random()]))
            page.wait_for_timeout(luck.uniform(50, 1500))  # while it refines
        browser.close()
    middle, late = np.quantile(found, [0.5, 0.95])
    print(
        f"{asked.scenario}, {asked.moves} moves while refining: median {middle:.0f} ms, 95th percentile {late:.0f} ms"
    )


if __name__ == "__main__":
    main()
