from pathlib import Path

import pytest

from genai_defense.proofs.firewall import (
    EngineError,
    FirewallRules,
    Outcome,
    Suricata,
    Tried,
    configuration,
    engine_rules,
    try_all,
)


@pytest.fixture(params=["deployed", "wide"])
def firewall(request: pytest.FixtureRequest) -> FirewallRules:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, FirewallRules)
    return found


@pytest.fixture
def tried(firewall: FirewallRules, tmp_path: Path) -> list[Tried]:
    return try_all(firewall, tmp_path)


def test_every_case_ends_as_promised(tried: list[Tried]) -> None:
    assert len(tried) >= 60
    assert [(t.case.name, t.outcome, t.reason) for t in tried if not t.as_expected] == []


def test_no_verdict_needs_the_default_actions_of_aws(firewall: FirewallRules, tmp_path: Path) -> None:
    bare = try_all(firewall, tmp_path, default_actions=False)
    assert [(t.case.name, t.outcome, t.reason) for t in bare if not t.as_expected] == []


def test_what_is_stopped_is_logged_with_the_rule_that_stopped_it(tried: list[Tried]) -> None:
    stopped = [t for t in tried if t.outcome is Outcome.STOPPED and "never opened" not in t.case.name]
    assert len(stopped) >= 40
    assert [t.case.name for t in stopped if not t.reason.startswith("drop ")] == []


def test_what_passes_and_should_not_is_named_as_a_limit(tried: list[Tried]) -> None:
    limits = [t for t in tried if t.case.limit]
    assert any("domain fronting" in known.case.name for known in limits)
    assert all(known.outcome in {Outcome.PASSES, Outcome.BEGUN} for known in limits)


def test_a_rule_that_suricata_does_not_know_is_refused(deployed: FirewallRules, tmp_path: Path) -> None:
    broken = engine_rules(deployed).replace("tls.sni;", "tls.sni_of_the_client;", 1)
    engine = Suricata(tmp_path, configuration=configuration(deployed.home_networks), rules=broken)
    with pytest.raises(EngineError, match=r"tls\.sni_of_the_client"):
        engine.check()


@pytest.mark.parametrize(
    ("without", "opens"),
    [
        ("drop udp ", "raw UDP, one way"),
        ("drop icmp ", "ICMP echo with data"),
        ("drop tls ", "TLS without host name"),
        ("drop ip ", "GRE, one way"),
        ("drop tcp $HOME_NET any -> any !443 ", "raw TCP on port 4444"),
    ],
)
def test_each_explicit_drop_stops_what_nothing_else_does(
    deployed: FirewallRules, tmp_path: Path, without: str, opens: str
) -> None:
    kept = [line for line in deployed.rules.splitlines() if not line.startswith(without)]
    assert len(kept) == len(deployed.rules.splitlines()) - 1
    weaker = FirewallRules("\n".join(kept) + "\n", deployed.home_networks, deployed.default_actions)
    (found,) = (t for t in try_all(weaker, tmp_path, default_actions=False) if t.case.name == opens)
    assert found.outcome is not found.case.expected


@pytest.mark.parametrize(
    "what",
    [
        "connection from outside",
        "443 with another protocol than tls",
        "TLS to another host or without host name",
        "HTTP to another host",
        "answer to a connection from outside",
    ],
)
def test_the_default_action_and_the_other_drops_stop_what_this_one_does(
    deployed: FirewallRules, tmp_path: Path, what: str
) -> None:
    """Reviewed mutants rest on this (constructs/genai_defense/mutation/equivalent.toml)."""
    kept = [line for line in deployed.rules.splitlines() if f'msg:"drop {what}"' not in line]
    assert len(kept) == len(deployed.rules.splitlines()) - 1
    weaker = FirewallRules("\n".join(kept) + "\n", deployed.home_networks, deployed.default_actions)
    assert [t.case.name for t in try_all(weaker, tmp_path) if not t.as_expected] == []
