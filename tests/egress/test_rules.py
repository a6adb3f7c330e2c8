import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genai_defense.egress import AllowedDomain, suricata_rules

_LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
_NAMES = st.lists(_LABELS, min_size=1, max_size=4).map(lambda labels: ".".join([*labels, "net"]))
_DOMAINS = st.builds(AllowedDomain, _NAMES, st.booleans(), st.booleans())
_OPTION = r"[a-z0-9_.-]+(?::(?:\"[^\";\\]*\"|[^\";\\]+))?;"
_RULE = re.compile(
    r"(?P<action>pass|alert|drop) (?P<protocol>[a-z-]+) (?P<source>\S+) any -> "
    r"(?P<destination>any|\$HOME_NET) (?P<port>\S+) "
    rf"\((?P<options>(?:{_OPTION} )*{_OPTION})\)"
)


def _rules(*domains: AllowedDomain) -> list[dict[str, str]]:
    matches = [_RULE.fullmatch(line) for line in suricata_rules(domains).splitlines()]
    assert all(matches), suricata_rules(domains)
    return [match.groupdict() for match in matches if match]


def _passes(rule: dict[str, str], host: str) -> bool:
    """What Suricata's `content` with `startswith` and `endswith` does to a host name."""
    found = re.search(r'content:"([^"]*)"; (startswith; )?endswith;( nocase;)?', rule["options"])
    assert found is not None
    content, start, nocase = found.groups()
    given_host = host.lower() if nocase else host
    return given_host == content if start else given_host.endswith(content)


def _admits(host: str, *domains: AllowedDomain) -> bool:
    return any(_passes(rule, host) for rule in _rules(*domains) if rule["action"] == "pass")


@pytest.mark.parametrize(
    "host",
    ["xapi.example.com", "api.example.com.evil.net", "a.api.example.com", "example.com", "api-example.com"],
)
def test_an_exact_domain_admits_no_look_alike(host: str) -> None:
    domain = AllowedDomain.exact("api.example.com")
    assert _admits("api.example.com", domain)
    assert _admits("API.Example.com", domain)
    assert not _admits(host, domain)


@pytest.mark.parametrize(
    "host", ["example.org", "badexample.org", "example.org.evil.net", "a.example.org.net"]
)
def test_subdomains_admit_neither_the_domain_itself_nor_a_look_alike(host: str) -> None:
    domain = AllowedDomain.subdomains_of("example.org")
    assert _admits("a.example.org", domain)
    assert _admits("a.b.example.org", domain)
    assert not _admits(host, domain)


@given(st.lists(_DOMAINS, min_size=1, max_size=6), _NAMES)
def test_a_host_is_admitted_exactly_when_a_domain_names_it(domains: list[AllowedDomain], host: str) -> None:
    named = any(
        host.endswith(f".{domain.name}") if domain.subdomains else host == domain.name for domain in domains
    )
    assert _admits(host, *domains) == named


@given(st.lists(_DOMAINS, min_size=1, max_size=6))
def test_domains_write_passes_and_nothing_else(domains: list[AllowedDomain]) -> None:
    unique = set(domains)
    rules = _rules(*domains)
    passes = [rule for rule in rules if rule["action"] == "pass"]
    plain = [domain for domain in unique if domain.plain_http]
    assert [rule["protocol"] for rule in passes] == ["tls"] * len(unique) + ["http"] * len(plain)
    assert len(rules) - len(passes) == (18 if plain else 13) - (2 if plain else 0)


@given(st.lists(_DOMAINS, min_size=1, max_size=6))
def test_every_rule_has_a_number_of_its_own_and_says_what_it_does(domains: list[AllowedDomain]) -> None:
    options = [rule["options"] for rule in _rules(*domains)]
    sids = [re.findall(r"sid:(\d+); rev:1;$", option) for option in options]
    assert all(len(found) == 1 for found in sids)
    assert len({found[0] for found in sids}) == len(sids)
    assert all(re.match(r'msg:"[^"]{4,}";', option) for option in options)


@given(st.lists(_DOMAINS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_text_depends_on_the_set_of_domains_only(domains: list[AllowedDomain], random: object) -> None:
    shuffled = [*domains, *domains]
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands out random.Random without a type
    assert suricata_rules(shuffled) == suricata_rules(domains)


@given(st.text(min_size=1))
def test_no_text_from_settings_can_add_or_change_a_rule(text: str) -> None:
    try:
        domain = AllowedDomain.parse(text)
    except ValueError:
        return
    rules = _rules(domain)
    assert len(rules) == len(_rules(AllowedDomain.exact("api.example.com")))
    assume(not domain.subdomains)
    assert f'content:"{domain.name}"; startswith; endswith; nocase;' in rules[0]["options"]


def test_passes_are_for_our_clients_on_their_own_port() -> None:
    for rule in _rules(AllowedDomain.exact("api.example.com", plain_http=True)):
        if rule["action"] == "pass":
            assert (rule["source"], rule["port"]) == (
                "$HOME_NET",
                {"tls": "443", "http": "80"}[rule["protocol"]],
            )
            assert "flow:to_server,established;" in rule["options"]


def test_marks_decide_nothing_and_are_silent() -> None:
    marks = [
        r for r in _rules(AllowedDomain.exact("a.example.com", plain_http=True)) if r["action"] == "alert"
    ]
    assert len(marks) == 2
    assert all("flowbits:set," in mark["options"] and "noalert;" in mark["options"] for mark in marks)


def test_passes_precede_marks_and_marks_precede_drops() -> None:
    actions = [rule["action"] for rule in _rules(AllowedDomain.exact("a.example.com", plain_http=True))]
    assert actions == sorted(actions, key=["pass", "alert", "drop"].index)


@pytest.mark.parametrize(
    ("protocol", "source", "port", "needs"),
    [
        ("udp", "any", "any", ""),
        ("icmp", "any", "any", ""),
        ("ip", "any", "any", "ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP;"),
        ("tcp", "!$HOME_NET", "any", "flow:to_server;"),
        ("tcp", "$HOME_NET", "!443", "flow:to_server;"),
        (
            "tcp-pkt",
            "$HOME_NET",
            "443",
            "flow:to_server,established; dsize:>0; flowbits:isnotset,opens_as_tls;",
        ),
        ("tcp", "$HOME_NET", "443", "flow:to_server,established; app-layer-protocol:!tls;"),
        ("tls", "$HOME_NET", "any", 'flow:to_server; ssl_state:client_hello; ja4.hash; content:"_";'),
        ("http", "$HOME_NET", "any", 'flow:to_server; http.header_names; content:"|0d 0a|";'),
        ("tcp", "$HOME_NET", "any", "flow:to_server,established; stream_size:client,>,4096;"),
    ],
)
def test_each_way_round_the_domains_is_dropped(protocol: str, source: str, port: str, needs: str) -> None:
    drops = [rule for rule in _rules(AllowedDomain.exact("a.example.com")) if rule["action"] == "drop"]
    assert any(
        (rule["protocol"], rule["source"], rule["port"]) == (protocol, source, port)
        and re.sub(r'^msg:"[^"]*"; | ?sid:\d+; rev:1;$', "", rule["options"]) == needs
        for rule in drops
    )


def test_what_was_not_allowed_gets_no_answer() -> None:
    (answer,) = (line for line in suricata_rules([]).splitlines() if "-> $HOME_NET" in line)
    assert answer.startswith("drop tcp any any -> $HOME_NET any (")
    assert "flow:to_client,established; dsize:>0;" in answer


def test_we_answer_nobody_who_connects_from_outside() -> None:
    (answer,) = (line for line in suricata_rules([]).splitlines() if "answer to a connection" in line)
    assert answer.startswith("drop tcp $HOME_NET any -> any any (")
    assert "flow:to_client;" in answer


def test_port_80_opens_only_where_plain_http_is_admitted() -> None:
    assert " 80 " not in suricata_rules([AllowedDomain.exact("a.example.com")])
    plain = suricata_rules([AllowedDomain.exact("a.example.com", plain_http=True)])
    assert "-> any ![80,443] (" in plain
    assert "flowbits:isnotset,opens_as_http;" in plain
