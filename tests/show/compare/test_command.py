"""`customer-chain compare` as a user types it: wrong input is one line, status 2, and leaves all as it was."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.study.lock import held
from tests.test_cli import SMALL

QUICK = ("--replications", "2", "--jobs", "1", "--no-report", "--quiet")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, staff in (("small", 2), ("more", 3), ("most", 4)):
        Path(f"{name}.yaml").write_text(SMALL.replace("staff: 2", f"staff: {staff}"), encoding="utf-8")
    Path("days.yaml").write_text(SMALL.replace("days: 20", "days: 21"), encoding="utf-8")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["compare", *words])


def everything() -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in Path().rglob("*")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("more", "--outcome", "moral"), "--outcome: 'moral' is no outcome of small (nearest: morale)"),
        (("more", "--precision", "moral=1"), "--precision: 'moral' is no outcome of small (nearest: morale)"),
        (("days",), "days: days: 21 is not allowed"),
        (("more", "--zone", "nan"), "--zone: nan is not allowed: a finite number above 0"),
        (("more", "--zone", "inf"), "--zone: inf is not allowed: a finite number above 0"),
        (("more", "--most", "5", "--precision", "morale=1"), "--most: 5 is not allowed: at least 10 with --precision"),
        (
            ("more", "--most", "5", "--replications", "6"),
            "--most: 5 is not allowed: at least as many as --replications",
        ),
        (("more", "--out", "."), "is the folder in which you stand"),
        (("more", "--out", "x" * 300), "cannot be made: File name too long"),
        (("more", "--out", "small.yaml"), "exists already and is no comparison"),
        (("more", "--out", "small.yaml/out"), "cannot be made"),
        (("more", "--out", "deep/er/out", "--zone", "nan"), "--zone"),
    ],
)
@pytest.mark.parametrize("is_there", [False, True])
def test_wrong_input_writes_nothing(words: tuple[str, ...], said: str, is_there: bool) -> None:
    if is_there:
        assert typed("small", "more", *QUICK).exit_code == 0
    before = everything()
    result = typed("small", *words)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert everything() == before


def test_a_link_is_said_to_be_one() -> None:
    Path("there").mkdir()
    Path("link").symlink_to("there")
    result = typed("small", "more", "--out", "link")
    assert result.exit_code == 2
    assert "link: is a link, to there: name the folder itself" in result.output


def test_a_folder_that_another_process_fills_is_left_to_it() -> None:
    with held(Path("out.unfinished.lock")):
        result = typed("small", "more", "--out", "out", *QUICK)
    assert result.exit_code == 2
    assert f"out: is being filled by process {os.getpid()}: wait for it" in result.output
    assert not Path("out.unfinished").exists()


def test_an_interrupted_comparison_is_not_taken_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sim.show.compare.command.write", stop)
        assert typed("small", "more", *QUICK).exit_code == 130
    assert typed("small", "most", *QUICK).exit_code == 0
    assert typed("small", "more", *QUICK).exit_code == 0
    told = {path.name: json.loads((path / "manifest.json").read_text(encoding="utf-8")) for path in _results()}
    assert list(told["small-compared"]["scenarios"]) == ["small", "more"]
    assert list(told["small-compared-2"]["scenarios"]) == ["small", "most"]
    assert len(told) == 2


def _results() -> list[Path]:
    return list(Path("results").iterdir())


def test_what_is_to_be_typed_again_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    typed("small", "more", "--zone", "0.25", "--lang", "es", *QUICK, "--out", "out")
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert manifest["attempted"] == manifest["replications"] == 2
    assert manifest["options"]["most"] == 200
    assert (manifest["options"]["zone"], manifest["options"]["language"]) == (0.25, "es")
