"""The server of a workshop: the page and answers, for this page only; whatever else is sent does no harm."""

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from sim import load
from sim.cli import main
from sim.show.workshop.document import document
from sim.show.workshop.server import Server
from sim.show.workshop.texts import texts
from sim.study.problems import RunFailedError
from sim.study.workshop.attempt import NoLongerWantedError, Workshop
from tests.engine import ENGINE
from tests.show.workshop.serving import serving


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return Workshop(load("claims/workshop"), engine=ENGINE)


@pytest.fixture(scope="module")
def server(shop: Workshop) -> Iterator[Server]:
    with serving(shop) as made:
        yield made


def asked(server: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body.encode() or None, named)
    answer = connection.getresponse()
    found = answer.status, dict(answer.headers), answer.read().decode()
    connection.close()
    return found


def tried(server: Server, state: Any, replications: Any = 1, **headers: str) -> tuple[int, dict[str, Any]]:
    body = json.dumps({"state": state, "replications": replications, "page": uuid4().hex, "turn": 1})
    status, _, text = asked(server, "POST", "/attempt", body, **({"Content_Type": "application/json"} | headers))
    return status, json.loads(text)


def test_the_page_is_one_file_that_asks_nobody_else(server: Server) -> None:
    status, headers, text = asked(server, "GET", "/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "https://" not in text
    assert [line for line in text.splitlines() if "http://" in line and "www.w3.org" not in line] == []
    about = json.loads(text.partition('type="application/json">')[2].partition("</script>")[0])
    assert set(about["texts"]["en"]) == set(about["texts"]["es"])
    assert len(about["company"]["levers"]) == 14


def test_a_chapter_of_the_story_is_answered(server: Server) -> None:
    body = json.dumps({"chapter": "layers", "replications": 2, "page": "story", "turn": 1})
    status, _, text = asked(server, "POST", "/attempt", body, Content_Type="application/json")
    assert status == 200
    found = json.loads(text)
    low, middle, high = (found["told"]["figure"]["rows"][name][0] for name in ("after", "before", "talking"))
    assert low < middle < high
    assert found["kept"]["tried"] < found["kept"]["base"]


def test_two_tries_stand_beside_each_other(server: Server) -> None:
    body = {"state": {"contact": 12}, "against": {"contact": 12}, "replications": 2, "page": uuid4().hex, "turn": 1}
    status, _, text = asked(server, "POST", "/attempt", json.dumps(body), Content_Type="application/json")
    assert status == 200
    assert json.loads(text)["parts"] is None


def test_a_lever_is_answered(server: Server) -> None:
    status, found = tried(server, {"contact": 12}, 2)
    assert status == 200
    assert found["replications"] == 2
    assert found["change"]["customer_satisfaction"][0] > 0.0


@pytest.mark.parametrize(
    ("state", "replications", "status"),
    [
        ({"layers": 99}, 1, 422),
        ({"__import__('os')": 1}, 1, 422),
        ([], 1, 400),
        ({}, "many", 400),
        ({}, None, 400),
        (None, 1, 400),
    ],
)
def test_what_is_no_state_is_refused_with_a_reason(server: Server, state: Any, replications: Any, status: int) -> None:
    code, found = tried(server, state, replications)
    assert code == status
    assert found["error"]


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "null", '"x"', "x" * 30_000])
def test_what_is_no_json_does_no_harm(server: Server, body: str) -> None:
    status, _, text = asked(server, "POST", "/attempt", body, Content_Type="application/json")
    assert status in {400, 413}
    assert json.loads(text)["error"]


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/page.js", "/attempt", "/%2e%2e/"])
def test_no_file_can_be_read(server: Server, path: str) -> None:
    status, _, text = asked(server, "GET", path)
    assert status == 404
    assert "root:" not in text


def test_other_pages_may_not_ask(server: Server) -> None:
    port = server.server_address[1]
    assert tried(server, {}, Origin="http://evil.example")[0] == 403
    assert tried(server, {}, Host="evil.example")[0] == 403
    assert tried(server, {}, Content_Type="text/plain")[0] == 404
    assert tried(server, {}, Origin=f"http://127.0.0.1:{port}", Host=f"127.0.0.1:{port}")[0] == 200


def test_from_outside_only_with_the_token(shop: Workshop) -> None:
    with serving(shop, "0.0.0.0") as made:
        assert made.url.endswith(made.token)
        assert len(made.token) > 15
        assert asked(made, "GET", "/")[0] == 403
        assert asked(made, "GET", "/?token=guess")[0] == 403
        assert asked(made, "GET", f"/?token={made.token}")[0] == 200
        body = '{"state": {}, "replications": 1, "page": "mine", "turn": 1}'
        assert asked(made, "POST", f"/attempt?token={made.token}", body, Content_Type="application/json")[0] == 200


def test_twenty_at_once_get_what_one_gets(server: Server) -> None:
    states = [{"delegation": 0.1 * (number % 5)} for number in range(20)]
    alone = [tried(server, state)[1] for state in states[:5]]
    with ThreadPoolExecutor(20) as crowd:
        found = list(crowd.map(lambda state: tried(server, state)[1], states))
    assert found == alone * 4


def test_a_run_that_fails_is_said(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RunFailedError("out of memory")

    monkeypatch.setattr(server.workshop, "attempt", fails)
    assert tried(server, {}) == (500, {"error": "out of memory"})


def test_a_newer_question_of_the_same_page_ends_the_older_one(server: Server) -> None:
    assert server.is_latest("page", 1)
    assert server.is_latest("page", 2)
    assert not server.is_latest("page", 1)
    assert server.is_latest("another", 1)
    with pytest.raises(NoLongerWantedError):
        server.workshop.attempt({"talk": 0.9}, 3, lambda: False)


def test_who_asks_again_ends_what_was_asked_before(server: Server) -> None:
    def asks(turn: int, state: dict[str, Any], replications: int) -> int:
        body = json.dumps({"state": state, "replications": replications, "page": "one", "turn": turn})
        return asked(server, "POST", "/attempt", body, Content_Type="application/json")[0]

    asks(1, {}, 1)
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(asks, 2, {"talk": 0.7, "clarity": 0.1}, 40)
        while server.is_latest("one", 1):  # until it has come
            pass
        assert asks(3, {}, 1) == 200  # all of it is there already
        assert slow.result() == 409


def test_a_workshop_that_ends_in_the_midst_of_an_answer_says_nothing(
    shop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    body = json.dumps({"state": {"talk": 0.45}, "replications": 40, "page": "late", "turn": 2})
    with serving(shop) as made, ThreadPoolExecutor(1) as other:
        assert made.is_latest("page", 1)
        answer = other.submit(asked, made, "POST", "/attempt", body, Content_Type="application/json")
        while made.is_latest("late", 1):  # until it has come
            pass
        made.server_close()
        assert answer.result()[0] == 409
        assert not made.is_latest("page", 1)
    try:
        [].pop()
    except IndexError:
        made.handle_error(None, ("127.0.0.1", 1))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "lines", ["GET http://[/ HTTP/1.1\r\nHost: x", "GET / HTTP/1.1\r\nHost: [", "POST /attempt HTTP/1.1"]
)
def test_odd_requests_are_answered_and_nothing_is_printed(
    server: Server, lines: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "Content-Type: application/json\r\nContent-Length: \u00b2\r\n"
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as connection:
        connection.sendall(f"{lines}\r\n{more}\r\n".encode("latin-1"))
        assert connection.recv(100).startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
    assert "Traceback" not in capsys.readouterr().err


def test_names_cannot_end_the_script_they_stand_in(shop: Workshop) -> None:
    title = "</script><script>alert(1)</script>"
    base = shop.base.model_copy(update={"title": shop.base.title.model_copy(update={"en": title})})
    made = document(Workshop(base, engine=ENGINE), "en")
    assert title not in made
    assert (
        json.loads(made.partition('type="application/json">')[2].partition("</script>")[0])["company"]["title"]["en"]
        == title
    )


def test_everything_is_said_in_both_languages() -> None:
    said = texts()
    same = {key for key, text in said["en"].items() if said["es"][key] == text}
    assert same <= {"no"}


def test_a_workshop_that_cannot_be_opened_is_one_line(server: Server) -> None:
    port = str(server.server_address[1])
    for words, said in ((("nowhere",), "there is no such file"), (("--port", port), f"127.0.0.1, port {port}: ")):
        result = CliRunner().invoke(main, ["workshop", "--no-browser", *words])
        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_company_that_feels_nothing_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "cold.yaml"
    file.write_text("extends: plant\npsychology: none\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["workshop", str(file), "--no-browser"])
    assert result.exit_code == 2
    assert "without psychology" in result.stderr
