"""One version everywhere: the package's is that of the newest changes in the README."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_package_has_the_version_of_the_newest_changes() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changes = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Changes\n")[2]
    newest = re.search(r"^- (\d+\.\d+): ", changes, re.MULTILINE)
    assert newest is not None
    assert package == f"{newest[1]}.0"
