"""Commands in results: a shell gives back the very words that went in."""

import shutil
import subprocess

import pytest

from sim.study.shell import shell_word

WORDS = ["plant", "it 4", "$(touch x)", "`touch x`", "it's", "a'b $HOME", "a;b & c", "x=1-1", "!!", "ñandú", "~", "%x%"]


@pytest.mark.parametrize("word", WORDS)
def test_a_shell_reads_the_word_that_was_meant(word: str) -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no sh here")
    done = subprocess.run([shell, "-c", f"printf %s {shell_word(word)}"], capture_output=True, text=True, check=True)
    assert done.stdout == word


def test_usual_names_stay_as_they_are_or_stand_in_quotes_that_every_system_knows() -> None:
    assert shell_word("scenarios/plant.yaml") == "scenarios/plant.yaml"
    assert shell_word("scenarios/it 4.yaml") == '"scenarios/it 4.yaml"'
