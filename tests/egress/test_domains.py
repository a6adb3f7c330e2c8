import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.egress import AllowedDomain


@pytest.mark.parametrize(
    "name",
    [
        "",
        "localhost",
        "Api.example.com",
        "example.com.",
        ".example.com",
        "exa mple.com",
        "example..com",
        "-a.example.com",
        "a-.example.com",
        "*.example.com",
        "https://example.com",
        "example.com/path",
        "example.com:443",
        "bücher.example",
        "exаmple.com",
        "example.com\n",
        'a"; content:"b.example.com',
        f"{'a' * 64}.example.com",
        ".".join(["a" * 60] * 5),
    ],
)
def test_what_is_not_a_host_name_is_refused_with_the_way_out(name: str) -> None:
    with pytest.raises(ValueError, match=r"is not a host name\. Allowed are .* such as api\.example\.com"):
        AllowedDomain(name)


def test_an_ip_address_is_refused_because_tls_names_none() -> None:
    with pytest.raises(ValueError, match=r"'192\.0\.2\.1' is an IP address.*Give the host name"):
        AllowedDomain("192.0.2.1")


def test_settings_text_says_one_host_or_all_subdomains() -> None:
    assert AllowedDomain.parse("api.example.com") == AllowedDomain.exact("api.example.com")
    assert AllowedDomain.parse("*.example.com") == AllowedDomain.subdomains_of("example.com")
    with pytest.raises(ValueError, match="is not a host name"):
        AllowedDomain.parse("*.*.example.com")


def test_plain_http_is_off_unless_somebody_asks() -> None:
    assert not AllowedDomain.parse("api.example.com").plain_http
    assert AllowedDomain.exact("api.example.com", plain_http=True).plain_http
    assert AllowedDomain.subdomains_of("example.com", plain_http=True).plain_http


@given(st.text())
def test_a_domain_that_exists_holds_nothing_that_a_rule_could_misread(text: str) -> None:
    try:
        domain = AllowedDomain.parse(text)
    except ValueError:
        return
    assert re.fullmatch(r"[a-z0-9.-]+", domain.name, re.ASCII)
