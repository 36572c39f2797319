"""Dates as pages write them, in many languages, become ISO 8601; what is no date becomes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.markup.dates import date_at, date_in_url, declared_date, first_date
from cleaner.script import fold

WRITTEN = [
    ("2019-03-22 09:54:00", "2019-03-22T09:54:00"),
    ("2019年3月22日 09:54", "2019-03-22T09:54:00"),
    ("2019年03月22日09时54分", "2019-03-22T09:54:00"),
    ("2019/3/2 9:05", "2019-03-02T09:05:00"),
    ("發布時間：2024-03-05T08:00:00+08:00", "2024-03-05T08:00:00+08:00"),
    ("民國113年3月5日", "2024-03-05"),
    ("令和6年3月5日", "2024-03-05"),
    ("2024年3月5日（火）午後2時30分", "2024-03-05T14:30:00"),
    ("2024. 3. 5. 오후 2:30", "2024-03-05T14:30:00"),
    ("March 5, 2024 at 10:30 a.m. EST", "2024-03-05T10:30:00-05:00"),
    ("Mar. 5, 2024 2:05pm", "2024-03-05T14:05:00"),
    ("5th of March 2024", "2024-03-05"),
    ("12:05 am March 5, 2024", "2024-03-05"),
    ("5. März 2024, 10:30 Uhr", "2024-03-05T10:30:00"),
    ("05.03.2024 10.30 Uhr", "2024-03-05T10:30:00"),
    ("le 1er mai 2024 à 10h30", "2024-05-01T10:30:00"),
    ("5 de marzo de 2024", "2024-03-05"),
    ("5 марта 2024 г., 10:30", "2024-03-05T10:30:00"),
    ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
    ("13/04/2024", "2024-04-13"),
    ("04/13/2024", "2024-04-13"),
    ("Updated 10:30 by Ann on 2024-03-05", "2024-03-05"),
]
NOT_DATES = [
    "",
    "2024",
    "version 1.2024-03-05",
    "2024-13-45",
    "31 February 2024",
    "phone 2024-0305-11",
    "1,234",
    "March winds",
    "0000-00-00",
    "２０２４",
]


@pytest.mark.parametrize(("text", "iso"), WRITTEN)
def test_written_dates_are_read(text: str, iso: str) -> None:
    found = first_date(fold(text))
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert first_date(fold(text)) is None
    assert declared_date(text) is None


def test_the_language_decides_about_slashes() -> None:
    assert first_date("03/04/2024") == first_date("3/4/2024")._replace(end=10)  # type: ignore[union-attr]
    assert declared_date("03/04/2024") == "2024-04-03"
    assert declared_date("03/04/2024", month_first=True) == "2024-03-04"
    assert declared_date("03.04.2024", month_first=True) == "2024-04-03"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-03-05T08:00:00.000Z", "2024-03-05T08:00:00+00:00"),
        ("2024-03-05T08:00+0100", "2024-03-05T08:00:00+01:00"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05T10:00:00+00:00"),
        ("Mon Mar 05 10:00:00 CST 2018", "2018-03-05T10:00:00"),
        ("20240305", "2024-03-05"),
        ("20240305T101500Z", "2024-03-05T10:15:00+00:00"),
        ("1709632800", "2024-03-05T10:00:00+00:00"),
        ("2024-03-05T25:00:00", "2024-03-05"),
    ],
)
def test_declared_dates_are_read(value: str, iso: str) -> None:
    assert declared_date(value) == iso


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2024/03/05/title", "2024-03-05"),
        ("https://x.example/n/20240305/", "2024-03-05"),
        ("https://x.example/content/2024-03/05/content_1.htm", "2024-03-05"),
        ("https://x.example/2024/13/05/", None),
        ("https://x.example/product/20240399", None),
    ],
)
def test_addresses_name_days(url: str, day: str | None) -> None:
    assert date_in_url(url) == day


@given(st.text(st.sampled_from(list("0123456789-/.:年月日 TZ+apm,令和Marchj")), max_size=60), st.integers(0, 20))
def test_nothing_raises(text: str, position: int) -> None:
    date_at(fold(text), min(position, len(text)))
    declared_date(text)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["2024-" * 20_000, "1 " * 50_000, "March " * 20_000, "2024-03-05 " * 10_000, "12:" * 40_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    first_date(text)
