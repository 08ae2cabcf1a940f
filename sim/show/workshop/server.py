"""Serves the page of a workshop on this machine, and answers what its levers ask.

Nothing of what a browser sends is executed or used as a path: it is a state of levers, checked one by one. A page of
another origin is refused, and so is whoever does not know the token, where the server can be reached from outside.
"""

import gc
import hmac
import json
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from sim.show.workshop.document import MOST_REPLICATIONS, POLICY, document
from sim.show.workshop.story import told_plain
from sim.study.problems import RunFailedError
from sim.study.workshop.attempt import NoLongerWantedError, Workshop, plain
from sim.study.workshop.levers import LeverError
from sim.study.workshop.story import chapters, told

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})
_MOST_BYTES: Final = 20_000
"""Choice: a state of all levers is a tenth of that."""
_MOST_DIGITS: Final = 6
_SILENCE: Final = 60.0
"""Choice: seconds after which a connection that says nothing is closed."""
_MOST_PAGES: Final = 1000
"""Choice: pages of which it is remembered what they asked last."""
_TOKEN: Final = "token"
_EVERYWHERE: Final = "0.0.0.0"
_STATUS: Final[Mapping[type[Exception], HTTPStatus]] = {
    LeverError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoLongerWantedError: HTTPStatus.CONFLICT,
    RunFailedError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Server(ThreadingHTTPServer):
    """The page of one workshop; ``url`` opens it."""

    daemon_threads = True
    request_queue_size = 128  # a whole room may knock at once
    allow_reuse_address = False

    def __init__(self, workshop: Workshop, host: str = "127.0.0.1", port: int = 0, language: str = "en") -> None:
        self._is_open = True
        super().__init__((host, port), _Handler)
        self.workshop = workshop
        self.token = "" if host in LOOPBACK else secrets.token_urlsafe(16)
        self.page = document(workshop, language)
        self.chapters = {chapter.id: chapter for chapter in chapters(workshop.base)}
        self._turns: dict[str, int] = {}
        self._lock = threading.Lock()

    def is_latest(self, page: str, turn: int) -> bool:
        """Whether a page has asked nothing newer than the question of this turn."""
        with self._lock:
            while len(self._turns) >= _MOST_PAGES and page not in self._turns:
                self._turns.pop(next(iter(self._turns)))
            self._turns[page] = max(turn, self._turns.get(page, turn))
            return self._is_open and self._turns[page] == turn

    def server_close(self) -> None:
        """Nobody is answered any more, nor is anything begun for those who still wait."""
        self._is_open = False
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is closed, or has moved another lever, does not wait for its answer: nothing is wrong.

        Nor is anything, once the workshop has ended in the midst of an answer.
        """
        if self._is_open and not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Where the page is, with the token if one is needed."""
        host, port = self.server_address[:2]
        if host == _EVERYWHERE:
            host = _own_address()
        return f"http://{host!s}:{port}/" + (f"?{_TOKEN}={self.token}" if self.token else "")


def _own_address() -> str:
    """Where others in the room find this machine; its name if it has no network. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # an address for examples: only the way to it is looked up
            return str(asked.getsockname()[0])
        except OSError:
            return socket.gethostname()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _SILENCE

    def do_GET(self) -> None:
        """The page, and nothing else."""
        if not self._is_allowed():
            return
        if urlsplit(self.path).path != "/":
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "there is only one page")
            return
        self._answer(HTTPStatus.OK, "text/html", self.server.page)

    def do_POST(self) -> None:
        """An attempt: a state of levers and how many replications."""
        if not self._is_allowed():
            return
        length = self.headers.get("Content-Length", "")
        if urlsplit(self.path).path != "/attempt" or self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.NOT_FOUND, "ask for /attempt, in JSON")
            return
        if not (length.isascii() and length.isdecimal() and len(length) <= _MOST_DIGITS) or int(length) > _MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {_MOST_BYTES} bytes")
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            asked = None
        match asked:
            case {"replications": int() as replications, "page": str() as page, "turn": int() as turn}:
                pass
            case _:
                self._refuse(HTTPStatus.BAD_REQUEST, "a number of replications, a page and its turn are needed")
                return
        self.server.is_latest(page, turn)  # whoever asked before knows now that it need not go on
        try:
            found = self._asked(
                asked, min(max(1, replications), MOST_REPLICATIONS), lambda: self.server.is_latest(page, turn)
            )
        except (LeverError, NoLongerWantedError, RunFailedError) as error:
            self._refuse(_STATUS[type(error)], str(error))
            return
        if found is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "a state of levers or a chapter of the story is needed")
            return
        self._answer(HTTPStatus.OK, "application/json", json.dumps(found, allow_nan=False))

    def _asked(
        self, asked: Mapping[str, Any], replications: int, is_wanted: Callable[[], bool]
    ) -> dict[str, Any] | None:
        """What comes of levers, or of a chapter of the story; ``None`` if neither is asked for."""
        workshop = self.server.workshop
        match asked:
            case {"chapter": str() as name} if name in self.server.chapters:
                chapter = self.server.chapters[name]
                both = workshop.attempt(chapter.right, replications, is_wanted, against=chapter.left)
                return told_plain(both, told(workshop, chapter, replications, is_wanted))
            case {"state": dict() as state, **others}:
                against = others.get("against", {})
                if isinstance(against, dict):
                    return plain(workshop.attempt(state, replications, is_wanted, against=against))
        return None

    def _is_allowed(self) -> bool:
        """Only this page's own origin; and who knows the token, where one is needed."""
        host = self.headers.get("Host", "")
        origin = self.headers.get("Origin")
        own = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        try:
            urlsplit(self.path)
        except ValueError:
            self._refuse(HTTPStatus.BAD_REQUEST, "there is no such address")
            return False
        asked = {str(self.server.server_address[0]), *(LOOPBACK if not self.server.token else ())}
        if (not self.server.token and own not in asked) or (origin is not None and origin != f"http://{host}"):
            self._refuse(HTTPStatus.FORBIDDEN, "another page may not ask here")
            return False
        if self.server.token:
            given = parse_qs(urlsplit(self.path).query).get(_TOKEN, [""])[0]
            if not hmac.compare_digest(given.encode(), self.server.token.encode()):
                self._refuse(HTTPStatus.FORBIDDEN, "the address with its token is printed where the workshop began")
                return False
        return True

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._answer(status, "application/json", json.dumps({"error": why}))

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            (
                "Content-Security-Policy",
                f"{POLICY}; connect-src 'self'; frame-ancestors 'none'",
            ),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed for each request."""


def serve(server: Server, opened: Callable[[str], None]) -> None:
    """Answer until Ctrl-C; ``opened`` is told the address first."""
    gc.freeze()  # what is there stays: it need not be looked through again and again, which takes a tenth of a second
    opened(server.url)
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.server_close()
