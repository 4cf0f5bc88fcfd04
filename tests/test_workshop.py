"""The workshop's server: one map, one machine, and a file that nobody is written over in."""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import aktorkart as ak
from aktorkart import cli
from aktorkart.files.plain import plain
from aktorkart.i18n import LANGUAGES
from aktorkart.viewer.kept import KeptFile
from aktorkart.viewer.sent import map_sent
from aktorkart.viewer.serving import KEEP, LARGEST, Workshop
from served import served

if TYPE_CHECKING:
    from collections.abc import Iterator


def json_of(kart: ak.ActorMap) -> bytes:
    return json.dumps(plain(kart)).encode()


@dataclass
class Asked:
    """What a browser, or anybody else, asks of a server."""

    workshop: Workshop
    told: list[str]

    def __call__(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str | None
    ) -> Any:
        """Ask; headers with ``None`` are left out. Return the answer with its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.workshop.server_port, timeout=20)
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in named)
        if body is not None and "Content-Length" not in named:
            named["Content-Length"] = str(len(body))
        for key, value in named.items():
            if value is not None:
                connection.putheader(key, value)
        connection.endheaders(body)
        answer: Any = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer

    def page(self) -> Any:
        """Open the page."""
        return self("GET", urlsplit(self.workshop.address).path)

    def tag(self) -> str:
        """Return the tag of the file as it is."""
        return self.workshop.file.read()[1]

    def save(self, body: bytes, **headers: str | None) -> Any:
        """Save as the page does."""
        usual: dict[str, str | None] = {"Authorization": f"Bearer {self.workshop.token}"}
        if "If_Match" not in headers:
            usual["If_Match"] = self.tag()
        return self("PUT", KEEP, body, **(usual | headers))


@contextmanager
def serving(path: Path, *, lang: str = "nb", consent: str = "required") -> Iterator[Asked]:
    with served(path, lang=lang, consent=consent) as (workshop, told):
        yield Asked(workshop, told)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kart.yaml"
    ak.write(ak.examples.two_brokers(), path)
    return path


@pytest.fixture
def ask(path: Path) -> Iterator[Asked]:
    with serving(path) as asked:
        yield asked


CHANGED = ak.examples.two_brokers().with_actor(id="nav", name="NAV", kind="nav")


# --- the page


def test_the_page_is_of_the_file_and_says_where_it_is_kept(ask: Asked) -> None:
    answer = ask.page()
    assert answer.status == 200
    found = re.search(r'id="data">(.*?)</script>', answer.text, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["keep"] == {"url": "/map", "token": ask.workshop.token, "tag": ask.tag()}
    assert ak.examples.two_brokers().title in answer.text


def test_the_page_is_not_stored_and_not_told_of(ask: Asked) -> None:
    headers = ask.page().headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "aktorkart"
    rules = dict(one.split(" ", 1) for one in headers["Content-Security-Policy"].split("; "))
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["script-src"].startswith("'sha256-")


def test_only_a_page_that_is_served_may_send_anything() -> None:
    assert "connect-src" not in ak.view(ak.examples.two_brokers()).csp


@pytest.mark.parametrize("path", ["/", "/map", "/x/", "/..", "/kart.yaml", "/%2e%2e/", "*", "/æ"])
def test_there_is_nothing_else_to_see(ask: Asked, path: str) -> None:
    answer = ask("GET", path.encode().decode("latin-1") if path.isascii() else "/%C3%A6")
    assert (answer.status, answer.text) == (404, "")


def test_the_address_that_the_browser_is_started_with_works_once(ask: Asked) -> None:
    first = urlsplit(ask.workshop.first_address).path
    answer = ask("GET", first)
    assert (answer.status, answer.headers["Location"]) == (303, ask.workshop.address)
    assert ask("GET", first).status == 404
    assert ask.page().status == 200
    assert ask.page().status == 200


def test_a_file_that_has_become_invalid_is_told_of(ask: Asked, path: Path) -> None:
    path.write_text("aktorkart: 1\nactors: [{id: a}, {id: a}]\n", "utf-8")
    answer = ask.page()
    assert answer.status == 409
    assert "mer enn én gang" in answer.text


# --- who is let in


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", None])
def test_other_names_for_this_machine_lead_nowhere(ask: Asked, host: str | None) -> None:
    """DNS rebinding: a page of others makes its own name lead to this machine."""
    path = urlsplit(ask.workshop.address).path
    assert ask("GET", path, Host=host).status == 403
    assert ask.save(json_of(CHANGED), Host=host).status == 403
    assert ask("GET", path, Host=f"localhost:{ask.workshop.server_port}").status == 200


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://127.0.0.1:1"])
def test_pages_of_others_cannot_save(ask: Asked, path: Path, origin: str) -> None:
    before = path.read_bytes()
    assert ask.save(json_of(CHANGED), Origin=origin).status == 403
    assert path.read_bytes() == before
    own = f"http://127.0.0.1:{ask.workshop.server_port}"
    assert ask.save(json_of(CHANGED), Origin=own).status == 200


@pytest.mark.parametrize("told", [None, "", "Bearer", "Bearer x", "Basic x", "bearer æ"])
def test_nobody_saves_without_the_token(ask: Asked, path: Path, told: str | None) -> None:
    before = path.read_bytes()
    token = None if told is None else told.encode().decode("latin-1")
    assert ask.save(json_of(CHANGED), Authorization=token).status == 401
    assert path.read_bytes() == before


def test_other_machines_cannot_reach_it(ask: Asked) -> None:
    assert ask.workshop.server_address[0] == "127.0.0.1"
    assert ask.workshop.socket.family == socket.AF_INET


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_there_is_no_other_way_to_ask(ask: Asked, method: str) -> None:
    assert ask(method, KEEP).status == 501


def test_a_browser_that_leaves_in_the_middle_is_no_matter(
    ask: Asked, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    head = f"Host: 127.0.0.1:{ask.workshop.server_port}\r\nContent-Length: 9\r\n\r\n{{"
    for sent in ("", "GET", f"PUT {KEEP} HTTP/1.1\r\n{head}"):
        with socket.create_connection(("127.0.0.1", ask.workshop.server_port)) as connection:
            connection.sendall(sent.encode())
            # Closed at once, not in good order.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask("GET", "/").status == 404
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


# --- saving


def test_what_is_saved_is_read_again(ask: Asked, path: Path) -> None:
    answer = ask.save(json_of(CHANGED))
    assert answer.status == 200
    assert answer.headers["ETag"] == ask.tag()
    assert json.loads(answer.text) == {"problems": []}
    assert ak.read(path) == CHANGED
    # The new tag is what the next saving asks for.
    again = ask.save(json_of(ak.examples.two_brokers()), If_Match=answer.headers["ETag"])
    assert again.status == 200
    assert ak.read(path) == ak.examples.two_brokers()


@pytest.mark.parametrize("name", ["kart.json", "kart.xlsx", "kart.csv", "kart.graphml", "kart.net"])
def test_the_file_stays_what_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    ak.write(ak.examples.two_brokers(), path)
    files = sorted(tmp_path.iterdir())
    with serving(path) as ask:
        ids = [one.id for one in ask.workshop.file.read()[0].kart.actors]
        assert ask.save(json_of(CHANGED)).status == 200
        assert sorted(tmp_path.iterdir()) == files
        assert [one.id for one in ask.workshop.file.read()[0].kart.actors] == [*ids, "nav"]


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    path = tmp_path / "kart.net"
    ak.write(ak.examples.two_brokers(), path)
    with serving(path) as ask:
        answer = ask.save(json_of(CHANGED))
        assert ask.told == json.loads(answer.text)["problems"] != []


def test_nothing_is_written_over_that_somebody_else_has_written(ask: Asked, path: Path) -> None:
    tag = ask.tag()
    ak.write(ak.examples.kite(), path)
    answer = ask.save(json_of(CHANGED), If_Match=tag)
    assert answer.status == 412
    assert "endret filen" in json.loads(answer.text)["problems"][0]
    assert ak.read(path) == ak.examples.kite()


def test_a_file_that_is_deleted_is_not_made_again(ask: Asked, path: Path) -> None:
    tag = ask.tag()
    path.unlink()
    answer = ask.save(json_of(CHANGED), If_Match=tag)
    assert answer.status == 412
    assert "slettet" in json.loads(answer.text)["problems"][0]
    assert not path.exists()


def test_of_two_who_save_at_once_one_is_told(ask: Asked, path: Path) -> None:
    tag = ask.tag()
    both = [CHANGED, ak.examples.two_brokers().with_actor(id="dps")]
    found: list[int] = []

    def save(kart: ak.ActorMap) -> None:
        found.append(ask.save(json_of(kart), If_Match=tag).status)

    threads = [threading.Thread(target=save, args=[one]) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200, 412]
    assert ak.read(path) in both


def test_saving_without_knowing_what_one_saves_over_is_refused(ask: Asked, path: Path) -> None:
    before = path.read_bytes()
    assert ask.save(json_of(CHANGED), If_Match=None).status == 428
    assert ask.save(json_of(CHANGED), If_Match="*").status == 412
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"\xff\xfe\xfd",
        b'{"aktorkart": 99}',
        b'{"nodes": [{"id": 1}], "links": []}',
        b'{"aktorkart": 1, "actors": [{"id": "a"}, {"id": "a"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_map_is_refused_and_the_file_stays(ask: Asked, path: Path, body: bytes) -> None:
    before = path.read_bytes()
    answer = ask.save(body)
    assert answer.status == 422
    assert all(json.loads(answer.text)["problems"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_are_in_the_language_of_the_reader(path: Path, lang: str) -> None:
    body = b'{"aktorkart": 1, "actors": [{"id": "a", "power": 9}]}'
    with serving(path, lang=lang) as ask:
        (said,) = json.loads(ask.save(body).text)["problems"]
    assert said.startswith("actors[0].power: 9 ")


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (None, 411),
        ("-1", 411),
        ("1e3", 411),
        ("²", 411),
        (str(LARGEST + 1), 413),
        ("9" * 5000, 413),
    ],
)
def test_how_much_is_sent_is_said_and_is_not_too_much(
    ask: Asked, length: str | None, status: int
) -> None:
    told = None if length is None else length.encode().decode("latin-1")
    assert ask.save(b"", Content_Length=told).status == status


def test_a_file_that_cannot_be_written_is_told_of(ask: Asked, path: Path) -> None:
    tag = ask.tag()
    if os.access(path, os.W_OK) and hasattr(os, "geteuid") and os.geteuid() == 0:
        # Whoever may do anything is stopped by a folder in the place of the file only.
        path.unlink()
        path.mkdir()
    else:
        path.chmod(0o400)
    answer = ask.save(json_of(CHANGED), If_Match=tag)
    assert answer.status == 500
    assert json.loads(answer.text)["problems"]


# --- names


PERSON = ak.ActorMap(
    title="Rundt Kari",
    scope="individual",
    consent=ak.Consent(given="2020-01-01"),
    focal="kari",
    actors=[ak.Actor(id="kari", name="Kari Nordmann", kind="user")],
)


def test_around_a_person_names_are_shown_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "kari.yaml"
    with serving(path) as ask:
        assert ask.save(json_of(PERSON)).status == 200
        assert "Kari Nordmann" in ask.page().text
    assert ak.read(path) == PERSON
    assert path.stat().st_mode & 0o077 == 0


def test_consent_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "kari.yaml"
    ak.write(PERSON.with_(consent=None), path)
    with serving(path) as ask:
        answer = ask.page()
        assert answer.status == 409
        assert "Nordmann" not in answer.text
    with serving(path, consent="ignore") as ask:
        assert "Kari Nordmann" in ask.page().text


def test_a_page_around_a_person_is_its_owners_and_has_names(
    here: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    ak.write(PERSON, here / "kari.yaml")
    assert cli.main(["workshop", "kari.yaml", "--lang", "nb"]) == 0
    assert "siden viser navn" in capsys.readouterr().err
    made = here / "kari-workshop.html"
    assert "Kari Nordmann" in made.read_text("utf-8")
    assert made.stat().st_mode & 0o077 == 0
    ak.write(PERSON.with_(consent=None), here / "kari.yaml")
    for serve in ([], ["--serve"]):
        assert cli.main(["workshop", "kari.yaml", "--lang", "nb", *serve]) == 2
        assert "--without-consent" in capsys.readouterr().err
    assert len(shown) == 1


# --- a file that is not there, or not ours


def test_a_map_that_is_not_there_is_begun_and_made_when_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "vår-kommune.yaml"
    with serving(path) as ask:
        (kart, tag) = ask.workshop.file.read()[0].kart, ask.tag()
        assert (kart.title, kart.lang, len(kart.actors)) == ("Vår kommune", "nb", 0)
        assert ask.page().status == 200
        assert not path.exists()
        path.write_bytes(b"")  # another has come first
        assert ask.save(json_of(CHANGED), If_Match=tag).status == 412
        path.unlink()
        assert ask.save(json_of(CHANGED), If_Match=tag).status == 200
    assert ak.read(path) == CHANGED


def test_what_cannot_be_saved_to_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ak.UnwritableFile):
        KeptFile(str(tmp_path / "nowhere" / "kart.yaml"), lang="nb")
    (tmp_path / "kart.txt").write_text("aktorkart: 1\nactors: [{id: a}]\n", "utf-8")
    for name in ("kart.dot", "kart.xlsm", "kart", "kart.txt"):
        with pytest.raises(ak.UnsupportedFile):
            KeptFile(str(tmp_path / name), lang="nb").read()


def test_comments_are_lost_and_that_is_known_before(path: Path) -> None:
    file = KeptFile(str(path), lang="nb")
    assert not file.written_anew(file.read()[0].kart)
    path.write_text(f"# of ours\n{path.read_text('utf-8')}", "utf-8")
    assert file.written_anew(file.read()[0].kart)
    new = KeptFile(str(path.with_name("new.yaml")), lang="nb")
    assert not new.written_anew(new.read()[0].kart)


def test_what_a_page_sends_is_what_was_written() -> None:
    for kart in (CHANGED, PERSON, ak.examples.municipal_service(), ak.ActorMap()):
        assert map_sent(json_of(kart)) == kart


# --- the command


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that a browser is asked to open."""
    found: list[str] = []
    monkeypatch.setattr("webbrowser.open", found.append)
    return found


@pytest.fixture
def here(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the map."""
    monkeypatch.chdir(path.parent)
    return path.parent


def test_without_serving_the_page_is_a_file(here: Path, shown: list[str]) -> None:
    assert cli.main(["workshop", "kart.yaml"]) == 0
    made = here / "kart-workshop.html"
    html = ak.view(ak.examples.two_brokers(), edit=True).html
    assert made.read_text("utf-8") == html.replace('"own":null', '"own":"kart.yaml"', 1) != html
    assert shown == [made.as_uri()]
    assert cli.main(["workshop", "kart.yaml", "-o", "x.html", "--no-open"]) == 0
    assert (here / "x.html").exists()
    assert len(shown) == 1


def test_a_view_to_edit_knows_what_its_file_is_called(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = ak.view(ak.examples.two_brokers(), edit=True, lang="sv", style="dark").html
    look = ["--edit", "--lang", "sv", "--style", "dark", "-o"]
    assert cli.main(["view", "kart.yaml", *look, "x.html"]) == 0
    named = html.replace('"own":null', '"own":"kart.yaml"', 1)
    assert (here / "x.html").read_text("utf-8") == named != html
    with io.TextIOWrapper((here / "kart.yaml").open("rb")) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert cli.main(["view", "-", *look, "y.html"]) == 0
    assert (here / "y.html").read_text("utf-8") == html


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kart.yaml", "--serve", "-o", "x.html"], "-o og --serve kan ikke brukes sammen"),
        (["kart.yaml", "--port", "70000"], "--port må være et helt tall fra 0 til 65535"),
        (["kart.yaml", "-o", "kart.yaml"], "html"),
        (["kart.dot", "--serve"], "DOT"),
        (["nowhere/kart.yaml", "--serve"], "nowhere"),
    ],
)
def test_what_is_typed_wrong_is_said(
    here: Path, shown: list[str], arguments: list[str], said: str, capsys: Any
) -> None:
    assert cli.main(["workshop", *arguments, "--lang", "nb"]) == 2
    assert said in capsys.readouterr().err
    assert shown == []
    assert [one.name for one in here.iterdir()] == ["kart.yaml"]


def test_a_port_that_is_taken_is_told_of(
    path: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert cli.main(["workshop", str(path), "--port", port, "--lang", "nb"]) == 2
    assert f"Port {port} kan ikke brukes" in capsys.readouterr().err
    assert shown == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_leaves_nothing_behind(tmp_path: Path, sign: int) -> None:
    path = tmp_path / "kari.yaml"
    ak.write(PERSON, path)
    path.write_text(f"# of ours\n{path.read_text('utf-8')}", "utf-8")
    program = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "aktorkart.cli", "workshop", path, "--serve", "--no-open"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(ak.__file__).parent.parent), "LC_ALL": "en_GB"},
    )
    assert program.stderr is not None
    said = [program.stderr.readline() for _ in range(3)]
    assert "shows names" in said[0]
    assert "comments" in said[1]
    found = re.search(r"http://127\.0\.0\.1:(\d+)/[\w-]+/", said[2])
    assert found is not None
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
    connection.request("GET", "/")
    assert connection.getresponse().status == 404
    program.send_signal(sign)
    rest = program.communicate(timeout=20)[1]
    assert program.returncode == 130
    assert rest == "Stopped.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["kari.yaml"]
