"""The views in a real browser: what a person sees, by mouse and by keyboard, in light and dark, and what a hostile page cannot do there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from cleaner import Options, clean
from cleaner.views.document import document
from tests.browser.chromium import CHROMIUM, chromium
from tests.server_kit import MIRROR, WORDS, Server, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium: apt-get install chromium fonts-noto-cjk"),
]
pytest.importorskip("playwright", reason="needs playwright")
pytest.importorskip("starlette", reason="needs the extra web")
COUNTY = "平遥县"
CONTRAST = 4.5  # WCAG 2.2, 1.4.3 Contrast (Minimum)

HOSTILE = """<!DOCTYPE html><html><head><title>Bees <script>boom('title')</script></title><base href="SINK/base/">
<meta http-equiv="refresh" content="0;url=SINK/refresh"><link rel="stylesheet" href="SINK/style.css"><link rel="prefetch" href="SINK/prefetch">
<style>@import "SINK/import.css"; p {{ background: url(SINK/background) }}</style>
<script>function boom(){{ window.boomed = true; fetch('SINK/fetch'); }} boom();</script><script src="SINK/script.js"></script></head>
<body onload="boom()"><img src="SINK/image" onerror="boom()"><svg xmlns="http://www.w3.org/2000/svg" onload="boom()"><script>boom()</script>
<image href="SINK/svg"/><use href="SINK/use#a"/></svg><iframe src="SINK/frame"></iframe><iframe srcdoc="<script>parent.boom()</script>"></iframe>
<object data="SINK/object"></object><embed src="SINK/embed"><video src="SINK/video" autoplay></video><form action="SINK/form"><button>x</button></form>
<p>A paragraph of plain words that is <a href="javascript:boom()">long enough</a> to be kept <a href="SINK/link" ping="SINK/ping">as one</a>.</p>
<p>&lt;img src=SINK/escaped onerror=boom()&gt; &lt;/main&gt;&lt;/style&gt;&lt;/script&gt;&lt;script&gt;boom()&lt;/script&gt; stand here as words of the text.</p>
<p title="&quot; onmouseover=&quot;boom()">Another paragraph, with {{{{constructor.constructor('boom()')()}}}} and ${{boom()}} and "quotes' in it.</p></body></html>"""


class Sink(NamedTuple):
    """A server that writes down what it is asked for."""

    base: str
    asked: list[str]


@pytest.fixture
def sink() -> Iterator[Sink]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<p>sink</p>")

        do_POST = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, daemon=True).start()
    yield Sink(f"http://127.0.0.1:{http.server_address[1]}", asked)
    http.shutdown()
    http.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("serve")) as running_server:
        yield running_server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium("--host-resolver-rules=MAP rebound.example 127.0.0.1") as started:
        yield started


class Tab(NamedTuple):
    """A tab, and what went wrong or out in it."""

    page: Any
    problems: list[str]
    requests: list[str]


def tab_of(browser: Any, **context: Any) -> Tab:
    page = browser.new_context(viewport={"width": 1280, "height": 860}, **context).new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: requests.append(request.url))
    return Tab(page, problems, requests)


@pytest.fixture
def desk(browser: Any, server: Server) -> Iterator[Tab]:
    """The page of `cleaner serve`, opened at the printed address."""
    tab = tab_of(browser, permissions=["clipboard-read", "clipboard-write"])
    tab.page.goto(f"{server.base}/#token={server.token}")
    tab.page.wait_for_selector("body[data-ready]")
    yield tab
    tab.page.context.close()


@pytest.fixture(scope="module")
def mirror_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's mirror page as `cleaner show --html` writes it."""
    path = tmp_path_factory.mktemp("file") / "mirror.html"
    path.write_text(document(clean(MIRROR.read_bytes()), name="mirror", reasons={"spam/place-list": "A list."}), encoding="utf-8")
    return path


@pytest.fixture(params=["light", "dark"])
def shown_file(request: pytest.FixtureRequest, browser: Any, mirror_file: Path) -> Iterator[Tab]:
    tab = tab_of(browser, color_scheme=request.param)
    tab.page.goto(mirror_file.as_uri())
    yield tab
    tab.page.context.close()


def paste(tab: Tab, text: str) -> None:
    tab.page.fill("#paste", text)
    tab.page.click("#clean")
    settled(tab)


def settled(tab: Tab) -> None:
    """Wait for the answer; the page's policy forbids the eval that other ways of waiting need."""
    tab.page.wait_for_selector("body:not(.busy)")


def style_of(tab: Tab, selector: str, name: str, pseudo: str | None = None) -> str:
    script = "([selector, name, pseudo]) => getComputedStyle(document.querySelector(selector), pseudo)[name]"
    return str(tab.page.evaluate(script, [selector, name, pseudo]))


def mark_with(words: str, family: str = "spam") -> str:
    return f".row .m.{family}:has-text('{words}')"


def test_pasted_mirror_page_shows_the_county_list_struck_and_the_glosses_marked(desk: Tab) -> None:
    paste(desk, MIRROR.read_bytes().decode("gb18030"))
    county = desk.page.locator(mark_with(COUNTY)).first
    assert county.is_visible()
    assert county.evaluate("node => getComputedStyle(node).textDecorationLine") == "line-through"
    assert county.evaluate("node => getComputedStyle(node, '::before').content") == '"S"'
    glosses = desk.page.locator(".row .m.repair > del")
    assert glosses.count() > 150
    assert "(shuō)" in glosses.all_text_contents()
    assert glosses.first.evaluate("node => getComputedStyle(node).textDecorationStyle") == "wavy"
    assert desk.problems == []


def test_pointer_on_a_mark_tells_rule_reason_and_score(desk: Tab) -> None:
    paste(desk, MIRROR.read_bytes().decode("gb18030"))
    desk.page.locator(mark_with(COUNTY)).first.hover()
    told = desk.page.locator("#tip").inner_text()
    assert "spam/place-list" in told
    assert "names listed" in told
    assert re.search(r"score \d\.\d\d", told)


def test_filter_by_rule_takes_its_marks_away_and_brings_them_back(shown_file: Tab) -> None:
    box = shown_file.page.locator(".rule[data-rule='spam/place-list'] > input")
    county = shown_file.page.locator(mark_with(COUNTY)).first
    place = f"#{county.get_attribute('id')}"
    box.uncheck()
    assert style_of(shown_file, place, "textDecorationLine") == "none"
    assert "spam/place-list" not in (shown_file.page.locator("#tip").text_content() or "")
    box.check()
    assert style_of(shown_file, place, "textDecorationLine") == "line-through"


def test_switching_a_rule_off_shows_the_difference_at_once(desk: Tab) -> None:
    paste(desk, MIRROR.read_bytes().decode("gb18030"))
    desk.page.select_option("select[name=extractor]", "none")
    settled(desk)
    desk.page.click("#rules summary")
    desk.page.uncheck("#rule-list input[value='spam/place-list']")
    settled(desk)
    assert "Difference: +" in desk.page.inner_text("#said")
    assert desk.page.locator(mark_with(COUNTY)).count() == 0
    assert COUNTY in desk.page.locator(".page").inner_text()


def test_before_after_and_side_by_side(shown_file: Tab) -> None:
    page = shown_file.page
    page.check("#mode-before")
    assert "說(shuō)" in page.locator(".page").inner_text()
    assert COUNTY in page.locator(".page").inner_text()
    page.check("#mode-after")
    after = page.locator(".page").inner_text()
    assert "".join(after.split()) == "".join(clean(MIRROR.read_bytes()).text.split())
    page.check("#mode-side")
    left, right = page.locator(".row:not(.gone) .b").first.bounding_box(), page.locator(".row:not(.gone) .a").first.bounding_box()
    assert left is not None and right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2


def test_every_edit_of_the_list_jumps_to_its_place(shown_file: Tab) -> None:
    rule = shown_file.page.locator(".rule[data-rule='spam/place-list']")
    rule.locator("summary").click()
    rule.locator("a").first.click()
    focused = shown_file.page.evaluate("document.activeElement.textContent")
    assert COUNTY in focused
    box = shown_file.page.locator(".here").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 860


def test_all_text_has_contrast_and_dark_mode_is_dark(shown_file: Tab) -> None:
    """Contrast of each kind of mark against its own paper, as the browser has computed the colours."""
    script = """() => {
      const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
        .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const paper = (node) => { for (let at = node; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor; if (!/, 0\\)$/.test(colour)) return colour; } return 'rgb(255, 255, 255)'; };
      const seen = {};
      for (const node of document.querySelectorAll('.m, .note, .score, .count, .name, h1, h2, a, dt, dd, header p, label, .row .b')) {
        const [a, b] = [light(getComputedStyle(node).color), light(paper(node))];
        seen[node.className || node.tagName] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }
      return [seen, light(getComputedStyle(document.body).backgroundColor), matchMedia('(prefers-color-scheme: dark)').matches]; }"""
    shown_file.page.locator("summary").first.click()
    seen, paper, dark = shown_file.page.evaluate(script)
    assert {name: round(ratio, 2) for name, ratio in seen.items() if ratio < CONTRAST} == {}
    assert len(seen) > 8
    assert (paper < 0.05) == dark


def test_marks_differ_without_any_colour(shown_file: Tab) -> None:
    """Line and letter alone tell the families apart: for the colour-blind, in print, in forced colours."""
    script = """() => Object.fromEntries([...document.querySelectorAll('.legend .m')].map((node) => { const style = getComputedStyle(node);
      return [node.className, [style.textDecorationLine, style.textDecorationStyle, getComputedStyle(node, '::before').content].join()]; }))"""
    looks = shown_file.page.evaluate(script)
    assert len(looks) == 4
    assert len(set(looks.values())) == 4


def test_keyboard_alone_reaches_everything(desk: Tab, server: Server) -> None:
    page, press = desk.page, desk.page.keyboard.press

    def tab_to(selector: str) -> None:
        for _ in range(80):
            press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    tab_to("#paste")
    page.keyboard.insert_text(MIRROR.read_bytes().decode("gb18030"))
    press("Control+Enter")
    page.wait_for_selector(".view")
    settled(desk)
    tab_to(".modes input")
    press("ArrowRight")
    assert page.is_checked("#mode-before")
    press("ArrowLeft")
    tab_to(".row .m")
    first = page.evaluate("document.activeElement.id")
    press("ArrowDown")
    assert page.evaluate("document.activeElement.id") != first
    assert page.locator("#tip").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    press("Escape")
    assert not page.locator("#tip").is_visible()
    here = page.evaluate("document.activeElement.id")
    press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"#{here}"
    press("Enter")
    assert page.evaluate("document.activeElement.id") == here
    tab_to(".rule > input")
    press("Space")
    assert not page.evaluate("document.activeElement.checked")
    tab_to(".rule summary")
    was_open = page.evaluate("document.activeElement.parentElement.open")
    press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") != was_open


def hostile(sink: Sink) -> str:
    return HOSTILE.replace("{{", "{").replace("}}", "}").replace("SINK", sink.base)


def test_hostile_page_is_hostile(browser: Any, sink: Sink, tmp_path: Path) -> None:
    """The control: opened as it is, the page runs its scripts and asks the sink for things."""
    (tmp_path / "page.html").write_text(hostile(sink), encoding="utf-8")
    tab = tab_of(browser)
    tab.page.goto((tmp_path / "page.html").as_uri(), wait_until="commit")
    tab.page.wait_for_url(f"{sink.base}/refresh")
    assert "/script.js" in sink.asked
    assert "/image" in sink.asked
    tab.page.context.close()


def walk_over(tab: Tab) -> None:
    """Do all that a person could do to wake something up."""
    for mode in ("before", "after", "side", "marked"):
        tab.page.check(f"#mode-{mode}")
    for mark in tab.page.locator(".row .m").all()[:20]:
        mark.hover()
        mark.click()
    for summary in tab.page.locator(".rule summary").all():
        summary.click()
    tab.page.wait_for_timeout(300)


@pytest.mark.parametrize("extractor", ["own", "none"])
def test_hostile_page_does_nothing_and_sends_nothing_as_a_file(extractor: str, browser: Any, sink: Sink, tmp_path: Path) -> None:
    result = clean(hostile(sink), options=Options(extractor=extractor))  # type: ignore[arg-type]
    (tmp_path / "view.html").write_text(document(result, name=hostile(sink), reasons={}), encoding="utf-8")
    tab = tab_of(browser)
    tab.page.goto((tmp_path / "view.html").as_uri())
    walk_over(tab)
    assert tab.page.evaluate("typeof window.boom + typeof window.boomed") == "undefinedundefined"
    assert sink.asked == []
    assert tab.requests == [(tmp_path / "view.html").as_uri()]
    assert tab.problems == []
    assert "constructor.constructor" in tab.page.locator(".page").inner_text()
    tab.page.context.close()


@pytest.mark.parametrize("extractor", ["own", "none"])
def test_hostile_page_does_nothing_and_sends_nothing_when_pasted(extractor: str, desk: Tab, sink: Sink, server: Server) -> None:
    desk.page.select_option("select[name=extractor]", extractor)
    paste(desk, hostile(sink))
    desk.page.wait_for_selector(".view")
    walk_over(desk)
    assert desk.page.evaluate("typeof window.boom + typeof window.boomed") == "undefinedundefined"
    assert sink.asked == []
    assert [url for url in desk.requests if not url.startswith(f"{server.base}/")] == []
    assert desk.page.url == f"{server.base}/"
    assert desk.problems == []


def test_policy_stops_what_escaping_would_have_let_through(desk: Tab, sink: Sink) -> None:
    """The second wall, tried without the first: markup put into the desk raw runs nothing and loads nothing."""
    script = """(html) => { const policy = document.createElement('div');
      try { policy.innerHTML = html; return 'taken'; } catch (error) { return error.name; } }"""
    assert desk.page.evaluate(script, "<img src=x onerror=boom()>") == "TypeError"
    built = """(base) => new Promise((done) => { const image = new Image(); image.onerror = () => done('refused'); image.onload = () => done('loaded');
      image.src = base + '/image'; document.body.append(image); })"""
    assert desk.page.evaluate(built, sink.base) == "refused"
    assert sink.asked == []


def test_han_characters_are_drawn_not_boxes(shown_file: Tab) -> None:
    session = shown_file.page.context.new_cdp_session(shown_file.page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": ".page"})["nodeId"]
    shown_file.page.evaluate("document.querySelector('.page').textContent = '縣'; document.body.offsetHeight")
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": ".page"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert [(font["familyName"].startswith("Noto Sans CJK"), font["glyphCount"]) for font in fonts] == [(True, 1)]
    drawn = """(text) => { const canvas = document.createElement('canvas'); canvas.width = canvas.height = 64; const pen = canvas.getContext('2d');
      pen.font = `48px ${getComputedStyle(document.body).fontFamily}`; pen.fillText(text, 4, 50); return canvas.toDataURL(); }"""
    pictures = [shown_file.page.evaluate(drawn, character) for character in ("縣", "區", "\U00038000")]
    assert len(set(pictures)) == 3  # characters without a glyph are all the same box


def test_copies_are_text_markdown_and_json(desk: Tab) -> None:
    page = WORDS.format("and a <b>second</b> one that is also long enough to be kept")
    paste(desk, page)
    copied = {}
    for kind in ("text", "markdown", "json"):
        desk.page.click(f".copy[data-copy={kind}]")
        desk.page.wait_for_selector("#said:has-text('Copied')")
        copied[kind] = desk.page.evaluate("navigator.clipboard.readText()")
        desk.page.evaluate("document.getElementById('said').textContent = ''")
    assert "A paragraph of plain words" in copied["text"]
    assert copied["markdown"] == clean(page).markdown
    assert '"status": "ok"' in copied["json"]
    assert '"view"' not in copied["json"]


def test_dropped_file_is_cleaned_from_its_bytes(desk: Tab) -> None:
    desk.page.set_input_files("#file", MIRROR)
    desk.page.wait_for_selector(".view")
    settled(desk)
    assert "gb18030" in desk.page.inner_text(".view header")
    drop = """(text) => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.html'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    desk.page.evaluate(drop, WORDS.format("dropped"))
    desk.page.wait_for_selector(".view h1:has-text('dropped.html')")


def test_page_of_the_folder_is_opened_and_nothing_outside_is_offered(desk: Tab) -> None:
    assert desk.page.locator("#entries button").all_text_contents() == ["sub/", "inside.html", "page.html"]
    desk.page.click("#entries button:has-text('sub/')")
    desk.page.wait_for_selector("#entries button:has-text('inner.html')")
    desk.page.click("#entries button:has-text('..')")
    desk.page.click("#entries button:text-is('page.html')")
    desk.page.wait_for_selector(mark_with(COUNTY))


def test_page_that_hangs_is_told_and_the_next_one_is_cleaned(desk: Tab) -> None:
    paste(desk, WORDS.format("please hang"))
    desk.page.wait_for_selector("#said.error")
    assert "took more than 2 seconds" in desk.page.inner_text("#said")
    assert "took more than 2 seconds" in desk.page.inner_text(".view .error")
    paste(desk, WORDS.format("well"))
    assert "ok" in desk.page.inner_text("#said")


def test_token_leaves_the_address_bar_and_without_it_the_page_says_what_to_do(desk: Tab, browser: Any, server: Server) -> None:
    assert desk.page.url == f"{server.base}/"
    stranger = tab_of(browser)
    for address in (server.base, f"{server.base}/#token=wrong"):
        stranger.page.goto(address)
        stranger.page.reload()
        stranger.page.wait_for_selector("#said.error")
        assert "open the address that cleaner serve printed" in stranger.page.inner_text("#said")
    stranger.page.context.close()


def test_page_of_another_site_gets_no_answer(browser: Any, server: Server, sink: Sink) -> None:
    """Even with the token: the browser asks first (a custom header), and the server refuses the Origin."""
    tab = tab_of(browser)
    tab.page.goto(sink.base)
    script = """([base, token, kind]) => fetch(base + '/api/clean', { method: 'POST', body: '{"text": "x"}',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': kind } }).then((reply) => reply.status, (error) => error.name)"""
    assert tab.page.evaluate(script, [server.base, server.token, "application/json"]) == "TypeError"
    simple = """([base]) => fetch(base + '/api/clean', { method: 'POST', mode: 'no-cors', body: '{}' }).then((reply) => reply.type, (error) => error.name)"""
    assert tab.page.evaluate(simple, [server.base]) in (
        "opaque",
        "TypeError",
    )  # sent perhaps, read never, and refused for want of a token
    framed = """(base) => new Promise((done) => { const frame = document.createElement('iframe'); frame.src = base;
      frame.onload = () => { let seen; try { seen = frame.contentDocument ? 'same' : 'other'; } catch { seen = 'other'; } done(seen); };
      document.body.append(frame); })"""
    tab.page.evaluate(framed, server.base)
    assert any("frame" in problem.lower() for problem in tab.problems)
    tab.page.context.close()


def test_form_of_another_site_is_refused(browser: Any, server: Server, sink: Sink) -> None:
    """A form needs nobody's leave to post text that looks like JSON; it cannot name JSON as its type nor bring the token."""
    tab = tab_of(browser)
    tab.page.goto(sink.base)
    script = """(base) => { const form = document.createElement('form'); Object.assign(form, { method: 'post', enctype: 'text/plain', action: base + '/api/clean' });
      form.append(Object.assign(document.createElement('input'), { name: '{"text": "', value: '"}' })); document.body.append(form); form.submit(); }"""
    with tab.page.expect_navigation():
        tab.page.evaluate(script, server.base)
    assert "requests from other sites are refused" in tab.page.content()
    tab.page.context.close()


def test_name_that_is_made_to_point_here_is_refused(browser: Any, server: Server) -> None:
    """DNS rebinding: the browser believes to speak to the attacker's own site, so Origin and cookies are no help; Host is."""
    tab = tab_of(browser)
    address = server.base.replace("127.0.0.1", "rebound.example")
    reply = tab.page.goto(f"{address}/#token={server.token}")
    assert reply.status == 403
    script = """(token) => fetch('/api/about', { headers: { Authorization: `Bearer ${token}` } }).then((reply) => reply.status, (error) => error.name)"""
    assert tab.page.evaluate(script, server.token) in (403, "TypeError")  # refused, or stopped by the policy of the refusal
    tab.page.context.close()


def test_limits_hold_for_what_the_desk_itself_asks(desk: Tab, server: Server) -> None:
    script = """([token, body, kind]) => fetch('/api/clean', { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': kind },
      body: body === 'long' ? ' '.repeat(25e6) : body }).then((reply) => reply.status, (error) => error.name)"""
    asked = {
        '{"text": "a"}': 200,
        '{"path": "outside.html"}': 403,
        '{"path": "away/secret.html"}': 403,
        '{"path": "../secret.html"}': 403,
        '{"path": ".hidden.html"}': 403,
        '{"path": "pipe.html"}': 400,
    }
    assert {body: desk.page.evaluate(script, [server.token, body, "application/json"]) for body in asked} == asked
    assert desk.page.evaluate(script, [server.token, '{"text": "a"}', "text/plain"]) == 415
    assert desk.page.evaluate(script, ["wrong", '{"text": "a"}', "application/json"]) == 401
    assert desk.page.evaluate(script, [server.token, "long", "application/json"]) in (
        413,
        "TypeError",
    )  # the connection may close first
    assert desk.page.evaluate(script, [server.token, '{"text": "a"}', "application/json"]) == 200


def test_file_works_without_script(browser: Any, mirror_file: Path) -> None:
    tab = tab_of(browser, java_script_enabled=False)
    tab.page.goto(mirror_file.as_uri())
    assert tab.page.locator(mark_with(COUNTY)).first.is_visible()
    tab.page.check("#mode-after")
    assert not tab.page.locator(mark_with(COUNTY)).first.is_visible()
    tab.page.locator(".rule summary").first.click()
    assert tab.page.locator(".rule a").first.is_visible()
    tab.page.context.close()
