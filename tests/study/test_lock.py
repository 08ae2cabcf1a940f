"""A lock is held by one at a time, and by nobody who is dead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.study.lock import HeldError, held


def test_a_lock_is_held_once_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with held(file):
        with pytest.raises(HeldError) as error, held(file):
            pytest.fail("the block must not be entered")
        assert error.value.process == os.getpid()
    assert not list(tmp_path.iterdir())
    with held(file):
        pass


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    code = f"import os\nfrom pathlib import Path\nfrom sim.study.lock import held\nwith held(Path({str(file)!r})):\n"
    subprocess.run([sys.executable, "-c", f"{code}    os._exit(9)"], check=False)
    assert file.exists()
    with held(file):
        assert file.read_text() == str(os.getpid())
