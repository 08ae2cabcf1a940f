"""Twenty browsers at one workshop that press at random, as many times as in an hour: what goes wrong, and what grows.

python -m experiments.benchmarks.workshop_crowd --actions 3600
"""

import argparse
import re
import subprocess
import sys
import time

import psutil

from sim import load
from sim.study.workshop.levers import levers
from tests.show.workshop.browsing import a_browser
from tests.show.workshop.crowd import opened, press, weight, wrong

ROUNDS = 6


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--actions", type=int, default=3600)
    options.add_argument("--browsers", type=int, default=20)
    options.add_argument("--scenario", default="claims/workshop")
    asked = options.parse_args()
    names = tuple(lever.id for lever in levers(load(asked.scenario)))
    command = [sys.executable, "-m", "sim.cli", "workshop", asked.scenario, "--no-browser"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server,
        a_browser() as browser,
    ):
        assert server.stdout is not None
        [url] = re.findall(r"http://\S+/", server.stdout.readline())
        own = psutil.Process(server.pid)
        pages = opened(browser, url, asked.browsers)
        for turn in range(ROUNDS):
            began = time.perf_counter()
            press(pages, asked.actions // ROUNDS, turn, names)
            held = weight(pages[0])
            said = wrong(pages)
            print(
                f"{(turn + 1) * asked.actions // ROUNDS} actions, {time.perf_counter() - began:.0f} s: server "
                f"{own.memory_info().rss / 1e6:.0f} MB, {own.num_threads()} threads; a page {held.bytes / 1e6:.1f} MB, "
                f"{held.nodes:.0f} nodes; {len(said)} complaints",
                flush=True,
            )
        print(*sorted(set(said)), sep="\n")
        server.kill()


if __name__ == "__main__":
    main()
