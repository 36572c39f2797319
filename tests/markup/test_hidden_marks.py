"""What a page hides from its visitors is marked, with how; what a click shows is not."""

from __future__ import annotations

from cleaner.markup import html_page


def test_hidden_containers_and_parts_are_marked() -> None:
    page = html_page(
        '<html><body><p>seen <span style="font-size:0">small</span> text</p><div style="position:absolute;left:-9999px"><p>far</p><p>away</p></div>'
        '<div style="display:none" class="tab-pane">tab</div><span class="sr-only">spoken</span></body></html>'
    )
    hidden = [(page.text[mark.start : mark.end], mark.value) for mark in page.marks if mark.kind == "hidden"]
    assert hidden == [("small", "zero-size"), ("far\n\naway", "off-screen")]
