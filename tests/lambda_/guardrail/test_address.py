"""A client cannot choose from which address it seems to come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrail.address import SeenBy, address_of


def _event(forwarded: str | None, source: object = "130.176.1.1") -> dict[str, Any]:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return {"headers": headers, "requestContext": {"identity": {"sourceIp": source}}}


@given(st.text(max_size=60))
def test_behind_a_distribution_nothing_that_the_client_sends_moves_its_address(invented: str) -> None:
    event = _event(f"{invented}, 198.51.100.7, 130.176.1.1")
    assert address_of(event, SeenBy.DISTRIBUTION) == "198.51.100.7"


@given(st.text(max_size=60))
def test_without_one_the_header_counts_for_nothing(invented: str) -> None:
    assert address_of(_event(invented), SeenBy.API) == "130.176.1.1"


def test_ipv6_is_written_one_way() -> None:
    event = _event("2001:0db8:0:0::0001, 130.176.1.1")
    assert address_of(event, SeenBy.DISTRIBUTION) == "2001:db8::1"


@pytest.mark.parametrize(
    ("event", "seen_by"),
    [
        (_event(None), SeenBy.DISTRIBUTION),
        (_event("198.51.100.7"), SeenBy.DISTRIBUTION),
        (_event("nonsense, 130.176.1.1"), SeenBy.DISTRIBUTION),
        (_event("198.51.100.7:443, 130.176.1.1"), SeenBy.DISTRIBUTION),
        (
            {"headers": {"x-forwarded-for": "1.1.1.1, 2.2.2.2", "X-Forwarded-For": "3.3.3.3, 4.4.4.4"}},
            SeenBy.DISTRIBUTION,
        ),
        (_event(None, source=None), SeenBy.API),
        ({}, SeenBy.API),
        ("text", SeenBy.API),
        ({"requestContext": [], "headers": "x"}, SeenBy.DISTRIBUTION),
    ],
)
def test_an_address_that_nobody_vouches_for_is_none(event: object, seen_by: SeenBy) -> None:
    assert address_of(event, seen_by) is None
