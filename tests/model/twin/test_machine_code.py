"""Where compiled code is kept, and that it is found again."""

import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest

import sim
from sim.model.twin import machine_code

ASK = "from sim.model.twin.machine_code import loop; loop(compiling=lambda: print('compiles'))"


@pytest.fixture
def no_folder(tmp_path: Path) -> Path:
    """A path at which no folder can be made, for root neither: it lies below a file."""
    file = tmp_path / "file"
    file.write_text("")
    return file / "cache"


def test_compiled_code_is_found_by_another_process_and_nothing_is_written_into_the_package() -> None:
    machine_code.loop()
    said = subprocess.run([sys.executable, "-c", ASK], check=True, capture_output=True, text=True)
    assert said.stdout == ""
    assert not list(Path(sim.__file__).parent.rglob("*.nb[ic]"))


def test_a_user_without_a_cache_has_a_temporary_one(
    tmp_path: Path, no_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CUSTOMER_CHAIN_CACHE", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: no_folder)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    assert machine_code._folder().parent.parent == tmp_path


def test_a_named_folder_that_cannot_be_made_is_refused_by_its_name(
    no_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUSTOMER_CHAIN_CACHE", str(no_folder))
    with pytest.raises(OSError, match=f"{no_folder}.*CUSTOMER_CHAIN_CACHE"):
        machine_code._folder()
