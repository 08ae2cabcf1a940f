"""The workbook of a report, where the disk does not take it."""

from pathlib import Path

import pytest

from sim.show.compare.document import Amount, Document, Section, Table
from sim.show.compare.workbook import write_workbook


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_workbook_on_a_full_disk_is_one_error_of_the_system() -> None:
    table = Table("outcomes", ["scenario", "mean"], [["plant", Amount(1.5, "1.5")]])
    found = Document("en", "A plant", "", "", table, [], [], [Section("What came of it", [table])])
    with pytest.raises(OSError, match="No space left"):
        write_workbook(found, Path("/dev/full"))
