"""The scenarios that come with the package: found by name, in a checkout and in an installed wheel."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "companies"
_CHECKOUT = Path(__file__).parents[2] / "scenarios"


def shipped() -> dict[str, Path]:
    """Name and path of every shipped scenario; one in a folder is called ``folder/name``."""
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.yaml"))}
