"""The local server as it runs: who may ask, what may be read, what a page may do to it, and that its OpenAPI file tells the truth."""

from __future__ import annotations

import base64
import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("starlette", reason="needs the extra web")
httpx = pytest.importorskip("httpx", reason="needs httpx")
jsonschema = pytest.importorskip("jsonschema", reason="needs openapi-spec-validator")

from cleaner import cli  # noqa: E402
from cleaner.views.document import static  # noqa: E402
from cleaner.views.folder import Folder, Refused  # noqa: E402
from cleaner.views.gate import Gate  # noqa: E402
from cleaner.views.serve import MAX_BODY, MAX_PAGE, openapi  # noqa: E402
from tests.server_kit import MIRROR, WORDS, Server, running  # noqa: E402


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("serve")) as running_server:
        yield running_server


def test_printed_address_is_of_this_machine_and_has_a_long_token(server: Server) -> None:
    assert server.base.startswith("http://127.0.0.1:")
    assert len(server.token) >= 32


def test_page_is_cleaned(server: Server) -> None:
    answer = server.clean(base64=base64.b64encode(MIRROR.read_bytes()).decode(), name="mirror", view=True).json()
    assert (answer["status"], answer["name"], answer["source"]["encoding"]) == ("ok", "mirror", "gb18030")
    assert "spam/place-list" in {edit["rule"] for edit in answer["removals"]}
    assert 'class="m spam"' in answer["view"]


def test_options_of_a_request_change_what_is_done(server: Server) -> None:
    page = MIRROR.read_bytes().decode("gb18030")
    kept = server.clean(text=page, options={"ignore": ["spam/place-list", "article"]}).json()
    assert "平遥县" in kept["text"]
    assert "spam/place-list" not in {edit["rule"] for edit in kept["removals"]}


@pytest.mark.parametrize(("words", "status"), [("please hang", "timeout"), ("please crash", "crash"), ("please raise", "error")])
def test_page_that_hangs_or_crashes_is_an_answer_and_the_server_lives_on(words: str, status: str, server: Server) -> None:
    answer = server.clean(text=WORDS.format(words), view=True).json()
    assert (answer["status"], answer["text"]) == (status, "")
    assert answer["error"]
    assert server.clean(text=WORDS.format("next")).json()["status"] == "ok"


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic abc", "Bearer \xe9"])
def test_without_the_token_nothing_is_done(token: str, server: Server) -> None:
    for method, path in (("GET", "/api/about"), ("GET", "/api/folder"), ("POST", "/api/clean")):
        answer = server.ask(method, path, {"text": "x"} if method == "POST" else None, Authorization=token)
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.invalid", "evil.invalid:80", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.invalid", "", "[::1", "[::1]x"]
)
def test_other_names_are_refused(host: str, server: Server) -> None:
    for path in ("/", "/api/about"):
        assert server.ask("GET", path, Host=host).status_code in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.invalid", "null", "https://127.0.0.1", "http://127.0.0.1:1", ""])
def test_other_origins_are_refused(origin: str, server: Server) -> None:
    assert server.ask("POST", "/api/clean", {"text": "x"}, Origin=origin).status_code == 403


def test_own_origin_is_welcome_and_other_sites_are_told_by_fetch_metadata(server: Server) -> None:
    assert server.ask("POST", "/api/clean", {"text": "x"}, Origin=server.base).status_code == 200
    assert server.ask("POST", "/api/clean", {"text": "x"}, Sec_Fetch_Site="cross-site").status_code == 403


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""]
)
def test_body_must_be_json(kind: str, server: Server) -> None:
    assert server.ask("POST", "/api/clean", {"text": "x"}, Content_Type=kind).status_code == 415


def _raw(server: Server, headers: str) -> bytes:
    """What comes back for headers after which no body follows."""
    place = urlsplit(server.base)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
        head = f"POST /api/clean HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {server.token}\r\n"
        connection.sendall(f"{head}Content-Type: application/json\r\n{headers}\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_long_body_is_refused_before_a_byte_of_it_is_read(server: Server) -> None:
    assert _raw(server, f"Content-Length: {MAX_BODY + 1}\r\n").startswith(b"HTTP/1.1 413")


def test_body_without_length_is_refused(server: Server) -> None:
    assert _raw(server, "Transfer-Encoding: chunked\r\n").startswith(b"HTTP/1.1 411")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.html",
        "sub/../../secret.html",
        "/etc/passwd",
        "outside.html",
        "away/secret.html",
        ".hidden.html",
        "..",
        "a\0b",
        "./page.html",
    ],
)
def test_nothing_outside_the_folder_is_read(path: str, server: Server) -> None:
    answer = server.clean(path=path)
    assert answer.status_code == 403
    assert "secret" not in answer.text.replace(json.dumps(path)[1:-1], "")


def test_folders_outside_are_not_listed(server: Server) -> None:
    for path in ("..", "away", "/", "sub/..", ".."):
        assert server.ask("GET", f"/api/folder?path={path}").status_code == 403


@pytest.mark.parametrize(("path", "status"), [("none.html", 404), ("sub", 400), ("pipe.html", 400), ("page.html/x", 404)])
def test_what_is_no_file_is_answered_at_once(path: str, status: int, server: Server) -> None:
    assert server.clean(path=path).status_code == status


def test_files_of_the_folder_are_read_also_through_links_inside(server: Server) -> None:
    assert server.clean(path="page.html").json()["mirror"]["glosses"] > 100
    assert "inner" in server.clean(path="sub/inner.html", options={"extractor": "none"}).json()["text"]
    assert "inner" in server.clean(path="inside.html", options={"extractor": "none"}).json()["text"]


def test_listing_leaves_out_what_cannot_be_opened(server: Server) -> None:
    listing = server.ask("GET", "/api/folder").json()
    assert [(entry["name"], entry["kind"]) for entry in listing["entries"]] == [
        ("sub", "folder"),
        ("inside.html", "page"),
        ("page.html", "page"),
    ]


def test_link_that_is_swapped_in_after_the_check_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "pages" / "a").symlink_to(tmp_path / "secret")
    folder = Folder(tmp_path / "pages")
    monkeypatch.setattr("cleaner.views.folder.os.path.realpath", lambda path: str(path))  # the check saw an ordinary file
    with pytest.raises(Refused):
        folder.read("a", 100)


def test_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(Refused, match="larger than 10 bytes"):
        Folder(tmp_path).read("big", 10)


BAD_BODIES: list[Any] = [
    b"",
    b"{",
    b"[" * 100_000,
    b"[]",
    b"null",
    b"\xff",
    {},
    {"text": "a", "path": "b"},
    {"text": 1},
    {"base64": "*"},
    {"text": "a", "strange": 1},
    {"text": "a", "name": "n" * 5000},
    {"text": "a", "view": "yes"},
    {"text": "a", "options": []},
    {"text": "a", "options": {"lists": ["/etc/passwd"]}},
    {"text": "a", "options": {"rules": ["os:system"]}},
    {"text": "a", "options": {"max_bytes": 10**12}},
    {"text": "a", "options": {"extractor": "strange"}},
    {"text": "a", "options": {"extractor": ["own"]}},
    {"text": "a", "options": {"ignore": "spam"}},
    {"text": "a", "options": {"ignore": ["no/rule"]}},
    {"text": "a", "options": {"select": [1]}},
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=lambda body: str(body)[:40])
def test_wrong_request_is_answered_with_a_sentence(body: Any, server: Server) -> None:
    answer = server.ask("POST", "/api/clean", body)
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 10


@pytest.mark.parametrize("text", ["", "\x00\x01", "\ud800", "<" * 10_000, "a\u202eb"])
def test_strange_text_is_cleaned(text: str, server: Server) -> None:
    assert server.clean(text=text, view=True).status_code == 200


def test_every_answer_forbids_what_a_page_could_do(server: Server) -> None:
    for answer in (server.ask("GET", "/"), server.ask("GET", "/none"), server.clean(text="x"), server.ask("GET", "/", Host="x")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in server.ask("GET", "/").headers


def test_page_of_the_desk_has_no_inline_code() -> None:
    page = static("index.html")
    assert "<style" not in page
    assert " on" not in page.replace(" on ", " ")
    assert "<script>" not in page


CASES: list[tuple[str, str, int, dict[str, Any]]] = [
    ("post", "/api/clean", 200, {"body": {"text": WORDS, "view": True, "options": {"kind": "html", "ignore": ["spam"]}}}),
    ("post", "/api/clean", 200, {"body": {"base64": base64.b64encode(MIRROR.read_bytes()).decode(), "url": "http://a.example/"}}),
    ("post", "/api/clean", 200, {"body": {"path": "page.html"}}),
    ("post", "/api/clean", 200, {"body": {"text": WORDS.format("please crash")}}),
    ("post", "/api/clean", 400, {"body": {}}),
    ("post", "/api/clean", 401, {"body": {}, "Authorization": "Bearer x"}),
    ("post", "/api/clean", 403, {"body": {"path": "../secret.html"}}),
    ("post", "/api/clean", 404, {"body": {"path": "none.html"}}),
    ("post", "/api/clean", 411, {}),
    ("post", "/api/clean", 413, {"body": b"x" * (MAX_BODY + 1)}),
    ("post", "/api/clean", 415, {"body": {}, "Content_Type": "text/plain"}),
    ("get", "/api/folder", 200, {}),
    ("get", "/api/folder", 401, {"Authorization": "x"}),
    ("get", "/api/folder", 403, {"Origin": "http://evil.invalid"}),
    ("get", "/api/folder", 404, {"query": "?path=none"}),
    ("get", "/api/about", 200, {}),
    ("get", "/api/about", 401, {"Authorization": "x"}),
    ("get", "/api/about", 403, {"Origin": "http://evil.invalid"}),
]


# Asked without a body: the server closes the connection at once, and a client that still sends may never see the answer.
REFUSED_BY_HEADERS = {411: "Transfer-Encoding: chunked\r\n", 413: f"Content-Length: {MAX_BODY + 1}\r\n"}


def _valid(schema: dict[str, Any], value: Any, described: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(value)


@pytest.mark.parametrize(("method", "path", "status", "given"), CASES, ids=lambda value: str(value)[:30])
def test_server_answers_as_its_openapi_file_says(
    method: str, path: str, status: int, given: dict[str, Any], server: Server
) -> None:
    described = server.ask("GET", "/openapi.json").json()
    operation = described["paths"][path][method]
    body, query = given.get("body"), given.get("query", "")
    headers = {name: value for name, value in given.items() if name not in ("body", "query")}
    if status == 200 and body is not None:
        _valid(operation["requestBody"]["content"]["application/json"]["schema"], body, described)
    if status in REFUSED_BY_HEADERS:
        raw = _raw(server, REFUSED_BY_HEADERS[status])
        assert raw.startswith(f"HTTP/1.1 {status}".encode())
        answer = json.loads(raw.partition(b"\r\n\r\n")[2])
    else:
        reply = server.ask(method.upper(), path + query, body, **headers)
        assert reply.status_code == status, reply.text
        assert reply.headers["content-type"] == "application/json"
        answer = reply.json()
    response = operation["responses"][str(status)]
    if "$ref" in response:
        response = described["components"]["responses"][response["$ref"].rpartition("/")[2]]
    _valid(response["content"]["application/json"]["schema"], answer, described)


def test_openapi_file_is_valid_and_every_response_in_it_was_asked_for() -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="needs openapi-spec-validator")
    described = openapi()
    validator.validate(described)
    documented = {
        (method, path, int(status))
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        for status in operation["responses"]
    }
    assert documented == {case[:3] for case in CASES}


def test_gate_on_a_network_takes_addresses_but_no_strange_names() -> None:
    gate = Gate("0.0.0.0", 8765, "t", 10)
    asked = {"authorization": "Bearer t"}
    assert gate.denied("GET", "/api/about", {**asked, "host": "192.0.2.7:8765"}) is None
    assert gate.denied("GET", "/api/about", {**asked, "host": "evil.invalid:8765"}) is not None
    assert Gate("127.0.0.1", 8765, "t", 10).denied("GET", "/", {"host": "192.0.2.7:8765"}) is not None


def test_limit_of_a_page_fits_into_that_of_a_body() -> None:
    assert MAX_PAGE * 4 / 3 < MAX_BODY


def test_wrong_folder_and_taken_port_are_answered_with_a_sentence(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.status_of(["serve", "/nowhere"]) == 2
    assert b"there is no such folder" in capsysbinary.readouterr().err
    assert cli.status_of(["serve", str(MIRROR)]) == 2
    assert b"cleaner/demo` opens its folder" in capsysbinary.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert cli.status_of(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert b"--port 0 takes a free one" in capsysbinary.readouterr().err


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    monkeypatch.delitem(sys.modules, "cleaner.views.serve", raising=False)
    assert cli.status_of(["serve"]) == 1
    assert b"pip install 'webpage-cleaner[web]'" in capsysbinary.readouterr().err
