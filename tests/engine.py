"""The engine that tests simulate with where either will do: ``ENGINE=reference python -m pytest`` tries it."""

import os
from functools import partial
from typing import Final

from sim.model import engines

ENGINE: Final[engines.Engine] = "reference" if os.environ.get("ENGINE") == "reference" else "fast"
simulate = partial(engines.simulate, engine=ENGINE)
