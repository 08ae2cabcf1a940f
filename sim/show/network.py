"""The company as a network: who serves whom, how much, and how busy everybody is."""

from math import sqrt
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.schema import MARKET, Link
from sim.show import style
from sim.show.arrows import arrow, as_obstacles, path, trimmed
from sim.show.layout import Box, Column, layout
from sim.show.lettering import LINE, text_width, wrapped
from sim.show.means import filled, means
from sim.show.words import names_of, number, percent, said
from sim.study.results import Results

MOST_LINKS = 60
SHARE_DRAWN = 0.9
MOST_NAMES = 48
_STRIP: Final = Box(style.MARGIN * style.WIDTH, 62, (1 - style.MARGIN) * style.WIDTH, 165)
_LARGEST_CIRCLE = 46.0
_SMALLEST_CIRCLE = 5.0
_LINK = "#7f93ab"
