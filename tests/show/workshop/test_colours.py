"""The colours of the page, seen with each kind of colour blindness: what must be told apart can be told apart."""

import re
from importlib.resources import files

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

LOOKS = ("light", "dark")
EYES = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")
TOLD_APART = 15.0
"""Choice: in CAM02-UCS one is the least difference that is seen side by side."""
PAIRS = (
    ("--blue", "--late"),  # requests in time and late; better and worse
    ("--blue", "--base"),  # the company with the levers moved, and as it is
    ("--blue", "--orange"),
    ("--orange", "--base"),  # what the company says, and what the room says
    *((colour, "--ground") for colour in ("--blue", "--late", "--base", "--orange", "--ink")),
    *((colour, "--faint") for colour in ("--blue", "--late")),  # dots on their arrows
)


def colours(look: str) -> dict[str, str]:
    css = (files("sim.show.workshop") / "page" / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root([^{]*)\{([^}]*)\}", css)
    found: dict[str, str] = {}
    for which, block in blocks:
        if not which.strip() or look in which:
            found |= dict(re.findall(r"(--\w+): (#[0-9a-f]{6})\b", block))
    return found


def seen(colour: str, eyes: str) -> np.ndarray:
    """In sRGB from 0 to 1, as somebody sees it who has not a trace of one kind of cones."""
    plain = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    if eyes == "normal":
        return plain
    space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
    return np.asarray(cspace_convert(plain, space, "sRGB1")).clip(0.0, 1.0)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("eyes", EYES)
def test_colours_that_mean_different_things_are_seen_apart(look: str, eyes: str) -> None:
    known = colours(look)
    for one, other in PAIRS:
        apart = float(deltaE(seen(known[one], eyes), seen(known[other], eyes), input_space="sRGB1"))
        assert apart > TOLD_APART, (one, other, apart)


@pytest.mark.parametrize("eyes", EYES)
def test_morale_is_told_by_lightness_alone(eyes: str) -> None:
    script = (files("sim.show.workshop") / "page" / "drawings.js").read_text(encoding="utf-8")
    ends = [(int(dark), int(light)) for dark, light in re.findall(r"mix\((\d+), (\d+)\)", script)]
    assert len(ends) == 3
    shades = [[low + (high - low) * share for low, high in ends] for share in np.linspace(0.0, 1.0, 7)]
    hexes = ["#" + "".join(f"{round(part):02x}" for part in shade) for shade in shades]
    lightness = [float(cspace_convert(seen(colour, eyes), "sRGB1", "CAM02-UCS")[0]) for colour in hexes]
    assert min(np.diff(lightness)) > 8.0
