"""The record of a result is what JSON can hold, and holds all that the result says."""

from __future__ import annotations

import json

from cleaner import clean

PAGE = """<html lang="en"><head><title>The hut | The Lake Post</title></head><body><nav><a href="/">Home</a></nav><h1>The hut</h1>
<p>By Ann Lee, 5 March 2024</p><p>The storm had passed by the time that they came down from the hut, and there was nothing to be seen of the lake.</p>
<p>They had been there for the night, and they had all that they would need for the way to the valley.</p></body></html>"""


def test_a_record_survives_json_and_holds_every_field_and_edit() -> None:
    result = clean(PAGE.encode(), url="https://lakepost.example/hut")
    record = result.to_dict()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert (record["title"], record["author"], record["date"]) == ("The hut", "Ann Lee", "2024-03-05")
    assert (record["site"], record["language"], record["url"]) == ("The Lake Post", "en", "https://lakepost.example/hut")
    olds = {edit["old"]: edit["rule"] for edit in record["removals"]}
    assert olds["The hut"] == "article/title"
    assert olds["By Ann Lee, 5 March 2024"] == "navigation/byline"
