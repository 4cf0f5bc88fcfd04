"""A map served to a browser on the same machine, which saves it to its own file.

Others who use the machine, and pages of others in the browser, get nothing. The page stands at an
address that cannot be guessed; saving takes a token that stands in the page only; and a request
must be for this machine by its own name, so that no other name can be made to lead here.
"""

from __future__ import annotations

import json
import os
import sys
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_urlsafe
from socketserver import TCPServer
from threading import Lock
from typing import TYPE_CHECKING, Any

from aktorkart.errors import (
    AktorkartError,
    Problem,
    WrongArgument,
    grouped,
)
from aktorkart.viewer.edit import edit_page
from aktorkart.viewer.kept import ChangedMeanwhile
from aktorkart.viewer.sent import map_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aktorkart.viewer.kept import KeptFile

HOST = "127.0.0.1"
"""Other machines cannot reach it."""

KEEP = "/map"
"""Where the page sends the map."""

LARGEST = 32 * 2**20
"""Of what is sent, in bytes: far more than a page can show."""

PATIENCE = 30
"""Seconds to wait for the rest of what a browser has begun to send."""

_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Workshop(ThreadingHTTPServer):
    """A server for one map, on this machine only.

    Parameters
    ----------
    file : KeptFile
        The map's file.
    lang : str
        The language of the page.
    port : int
        Where to listen; 0 takes any that is free.
    tell : callable
        Is given lines for whoever started it: what the format could not hold.

    Raises
    ------
    WrongArgument
        If the port is taken, or not for us.
    """

    daemon_threads = True
    # On Windows this would let another program listen at the same port.
    allow_reuse_address = os.name == "posix"

    def __init__(
        self, file: KeptFile, *, lang: str, port: int = 0, tell: Callable[[str], None]
    ) -> None:
        self.file, self.lang, self.tell = file, lang, tell
        self.token = token_urlsafe(32)
        self._first: str | None = token_urlsafe(32)
        self._one_at_a_time = Lock()
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            values = {"value": port, "reason": error.strerror or ""}
            raise WrongArgument(Problem(code="port_closed", values=values)) from None

    def server_bind(self) -> None:
        """Listen, without asking the network what the machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def names(self) -> tuple[str, ...]:
        """What this server is called, in an address."""
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{self.names[0]}/{self.token}/"

    @property
    def first_address(self) -> str:
        """An address that leads to the page once.

        It is for starting a browser: others who use the machine can see what programs are started
        with.
        """
        return f"http://{self.names[0]}/{self._first}/"

    def takes_first(self, path: str) -> bool:
        """Tell whether a path is the one that works once; from now on it does not."""
        with self._one_at_a_time:
            if self._first is None or not _same(path, f"/{self._first}/"):
                return False
            self._first = None
            return True

    def page(self) -> tuple[str, str]:
        """Make the page of the map as the file is now; return it with its policy."""
        loaded, tag = self.file.read()
        kart, keep = loaded.kart, {"url": KEEP, "token": self.token, "tag": tag}
        with self._one_at_a_time:  # letters are measured by what is not made for threads
            page = edit_page(
                kart,
                lang=self.lang,
                names=True,  # what is hidden would be lost when the map is saved
                consent=self.file.consent,
                file=Path(self.file.path).name,
                keep=keep,
                embed=False,
            )
            return page.html(), page.csp

    def run(self) -> None:
        """Serve until somebody stops it; a saving that has begun is finished."""
        try:
            self.serve_forever()
        finally:
            self.server_close()
            self.file.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that leave in the middle."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Workshop
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Show the page to whoever knows its address."""
        if self._is_for_another():
            return
        if self.server.takes_first(self.path):
            self._answer(HTTPStatus.SEE_OTHER, headers={"Location": self.server.address})
            return
        if not _same(self.path, f"/{self.server.token}/"):
            self._answer(HTTPStatus.NOT_FOUND)
            return
        try:
            html, policy = self.server.page()
        except AktorkartError as error:
            self._answer(HTTPStatus.CONFLICT, error.text(self.server.lang).encode())
            return
        headers = {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
        self._answer(HTTPStatus.OK, html.encode(), kind="text/html", headers=headers)

    def do_PUT(self) -> None:
        """Save the map that the page has sent."""
        sent = self._sent()
        if sent is None or self._is_for_another():
            return
        if not _same(self.headers.get("Authorization", ""), f"Bearer {self.server.token}"):
            self._answer(HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
            return
        if self.path != KEEP:
            self._answer(HTTPStatus.NOT_FOUND)
            return
        tag = self.headers.get("If-Match")
        if tag is None:
            self._answer(HTTPStatus.PRECONDITION_REQUIRED)
            return
        try:
            kart = map_sent(sent)
        except AktorkartError as error:
            self._say(HTTPStatus.UNPROCESSABLE_ENTITY, error.problems)
            return
        try:
            tag, notes = self.server.file.save(kart, tag)
        except ChangedMeanwhile as error:
            self._say(HTTPStatus.PRECONDITION_FAILED, error.problems)
        except AktorkartError as error:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, error.problems)
        else:
            for line in grouped(notes, self.server.lang):
                self.server.tell(line)
            self._say(HTTPStatus.OK, notes, {"ETag": tag})

    def _is_for_another(self) -> bool:
        """Refuse what was meant for another machine, or comes from another page."""
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        names = self.server.names
        if host in names and (origin is None or origin.removeprefix("http://") in names):
            return False
        self._answer(HTTPStatus.FORBIDDEN)
        return True

    def _sent(self) -> bytes | None:
        """Return what was sent, if it says how much that is and it is not too much."""
        told = self.headers.get("Content-Length", "")
        if not (told.isascii() and told.isdecimal()):
            self._answer(HTTPStatus.LENGTH_REQUIRED)
        elif len(told) > len(str(LARGEST)) or int(told) > LARGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            return self.rfile.read(int(told))
        return None

    def _say(
        self,
        status: HTTPStatus,
        problems: Iterable[Problem],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer in the words of the reader."""
        said = grouped(problems, self.server.lang)
        content = json.dumps({"problems": said}, ensure_ascii=False).encode()
        self._answer(status, content, kind="application/json", headers=headers)

    def _answer(
        self,
        status: HTTPStatus,
        content: bytes = b"",
        *,
        kind: str = "text/plain",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        about = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in (_ALWAYS | about | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        """Say no more of the program than its name."""
        return "aktorkart"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Write nothing down: addresses hold the token."""


def _same(told: str, known: str) -> bool:
    """Compare in a time that tells nothing of how much is right."""
    return compare_digest(told.encode(), known.encode())
