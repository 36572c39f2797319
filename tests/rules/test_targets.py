"""Where links lead: which have a host, and which stay within the site."""

from __future__ import annotations

import pytest

from cleaner.rules.targets import host_of


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("//Example.org:8080", "example.org"),
        ("/\t/example.org/a", "example.org"),  # an address is read without tabs and line ends
        ("/a/b?next=1", ""),
        ("#top", ""),
        ("mailto:someone@example.org", ""),
        ("ftp://example.org", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_only_a_link_to_a_site_has_a_host(target: str, host: str) -> None:
    assert host_of(target) == host
