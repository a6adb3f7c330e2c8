"""What the web ACLs of both profiles do with requests, as far as their own rules go."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from genai_defense.limits import MAX_MESSAGE_CHARS
from genai_defense.proofs.waf import (
    Entry,
    ManagedGroup,
    Request,
    Verdict,
    WebAcl,
    WebAclEvaluator,
    capacity_of,
    web_acls_in,
)
from genai_defense.proofs.waf.capacity import INCLUDED_CAPACITY

SECRET = "q7Zt0b1Xv9"
PROOF = ("x-origin-verify", SECRET)
BLOCKED = ["198.51.100.7/32", "2001:db8:bad::/48"]
ENTRIES = {"edge": "/api/chat", "api": "/v1/api/chat", "sign_in": "/login"}
BASELINE = {
    "AWS/AWSManagedRulesAmazonIpReputationList",
    "AWS/AWSManagedRulesAnonymousIpList",
    "AWS/AWSManagedRulesCommonRuleSet",
    "AWS/AWSManagedRulesKnownBadInputsRuleSet",
}
Ask = Callable[..., Verdict]


@pytest.fixture
def web_acls(template_of: Callable[[str], dict[str, Any]]) -> dict[str, WebAcl]:
    """The three web ACLs, by their entries, after a responder has blocked two networks."""
    found: dict[str, WebAcl] = {}
    for stack in ("Edge", "UserInterface"):
        template = template_of(stack)
        sets = [name for name, body in template["Resources"].items() if body["Type"] == "AWS::WAFv2::IPSet"]
        filled = {name: BLOCKED[:1] if "v4" in name else BLOCKED[1:] for name in sets}
        for name, acl in web_acls_in(template, secret=SECRET, ip_sets=filled).items():
            at_sign_in = name.startswith("SignIn")
            kind = "edge" if acl.entry is Entry.CLOUDFRONT else "sign_in" if at_sign_in else "api"
            found[kind] = acl
    return found


@pytest.fixture
def ask(web_acls: dict[str, WebAcl]) -> Ask:
    """Send a request to an entry; what its web ACL says. Requests to the API carry the proof."""
    evaluators = {kind: WebAclEvaluator(acl) for kind, acl in web_acls.items()}

    def send(kind: str, **request: Any) -> Verdict:
        if kind == "api":
            request["headers"] = [PROOF, *request.get("headers", [])]
        return evaluators[kind].evaluate(Request(**{"method": "POST", "path": ENTRIES[kind], **request}))

    return send


def _token(number: int) -> dict[str, Any]:
    return {"headers": [("Authorization", f"Bearer {number}")]}


def _until_stopped(ask: Ask, kind: str, requests: Iterator[dict[str, Any]]) -> tuple[int, str | None]:
    for passed, request in enumerate(requests):
        verdict = ask(kind, **request)
        if not verdict.passes:
            return passed, verdict.rule
    return -1, None


@pytest.mark.parametrize("kind", ["edge", "api"])
@pytest.mark.parametrize("text", ["When are you open?", "Wann öffnet ihr? 🕘", "語" * MAX_MESSAGE_CHARS])
def test_an_ordinary_message_passes_in_any_script(ask: Ask, kind: str, text: str) -> None:
    assert ask(kind, body=json.dumps({"message": text}).encode()).passes


def test_a_sign_in_passes(ask: Ask) -> None:
    assert ask("sign_in", query="client_id=a&scope=openid", body=b"username=a&password=b").passes


@pytest.mark.parametrize("kind", ENTRIES)
def test_what_is_not_evaluated_is_named(ask: Ask, kind: str, profile: str) -> None:
    met = {group.name for group in ask(kind).not_evaluated}
    flood = ["AWS/AWSManagedRulesAntiDDoSRuleSet"] if kind == "edge" and profile == "prod" else []
    assert met == {*BASELINE, *flood}
    assert [group for group in ask(kind).not_evaluated if group.counted] == [
        ManagedGroup(name="AWS/AWSManagedRulesCommonRuleSet", counted=("SizeRestrictions_BODY",))
    ]


@pytest.mark.parametrize(("kind", "limit"), [("edge", 49_152), ("api", 49_152), ("sign_in", 16_384)])
def test_a_huge_body_stops_and_cannot_hide_behind_what_waf_sees(ask: Ask, kind: str, limit: int) -> None:
    assert ask(kind, body=b"x" * limit).passes
    for length in (limit + 1, 200_000, 10_000_000):
        assert ask(kind, body=b"x" * length).rule == "BodyTooLarge"


@pytest.mark.parametrize("kind", ["edge", "sign_in"])
@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db8:bad::1"])
def test_a_blocked_address_stops(ask: Ask, kind: str, address: str) -> None:
    assert ask(kind, client_address=address).rule == "BlockedAddress"
    assert ask(kind, client_address="198.51.100.8").passes


@pytest.mark.parametrize(
    "forwarded",
    ["198.51.100.7", "10.0.0.1, 198.51.100.7", "198.51.100.7, 130.176.0.9", "?, 2001:db8:bad::1"],
)
def test_behind_the_distribution_a_blocked_address_stops_wherever_it_stands(ask: Ask, forwarded: str) -> None:
    assert ask("api", headers=[("X-Forwarded-For", forwarded)]).rule == "BlockedAddress"
    assert ask("api", headers=[("X-Forwarded-For", "203.0.113.1, 130.176.0.9")]).passes


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("x-origin-verify", "")],
        [("x-origin-verify", SECRET.lower())],
        [("x-origin-verify", SECRET + " ")],
        [("x-origin-verify", "guess"), PROOF],
        [("x-origin-verified", SECRET)],
    ],
)
@pytest.mark.parametrize("path", ["/v1/api/chat", "/v1/api/health", "/"])
def test_what_did_not_come_through_the_distribution_stops_at_the_api(
    web_acls: dict[str, WebAcl], headers: list[tuple[str, str]], path: str
) -> None:
    evaluator = WebAclEvaluator(web_acls["api"])
    assert evaluator.evaluate(Request(path=path, headers=headers)).rule == "OriginProofMissing"
    assert evaluator.evaluate(Request(path=path, headers=[PROOF])).passes


def test_one_address_cannot_ask_the_distribution_without_end(ask: Ask) -> None:
    page = ({"path": "/app.js", "time": number / 10} for number in range(2000))
    assert _until_stopped(ask, "edge", page) == (1500, "RatePerAddress")
    assert ask("edge", path="/app.js", client_address="203.0.113.9", time=200).passes
    assert ask("edge", path="/app.js", time=501).passes, "and after five minutes it may again"


@pytest.mark.parametrize(
    "path",
    [
        "/api/chat",
        "/v1/api/chat",
        "/api/chat/stream",
        "/API/Chat",
        "/api//chat",
        "/api/./x/../chat",
        "/%61pi/ch%61t",
    ],
)
def test_the_chat_path_is_held_tighter_however_it_is_written(ask: Ask, path: str) -> None:
    burst = ({"path": path, "time": number / 10} for number in range(400))
    assert _until_stopped(ask, "edge", burst) == (300, "ChatRatePerAddress")
    assert ask("edge", path="/api/conversations", time=50).passes


def test_one_token_cannot_ask_the_api_without_end_from_wherever(ask: Ask) -> None:
    burst = ({**_token(1), "client_address": f"130.176.0.{number % 250}"} for number in range(400))
    assert _until_stopped(ask, "api", burst) == (300, "ChatRatePerToken")
    assert ask("api", **_token(2)).passes, "the distribution's address is everybody's"


def test_one_address_cannot_guess_passwords_without_end(ask: Ask) -> None:
    assert _until_stopped(ask, "sign_in", ({} for _ in range(400))) == (300, "RatePerAddress")


@pytest.mark.parametrize("kind", ENTRIES)
def test_each_web_acl_stays_within_the_capacity_that_its_price_includes(
    web_acls: dict[str, WebAcl], kind: str
) -> None:
    assert 900 < capacity_of(web_acls[kind].properties) <= INCLUDED_CAPACITY


@pytest.mark.parametrize("kind", ENTRIES)
def test_commons_own_size_rule_does_not_stop_what_ours_lets_through(
    web_acls: dict[str, WebAcl], kind: str
) -> None:
    evaluator = WebAclEvaluator(web_acls[kind])
    request = Request(path=ENTRIES[kind], headers=[PROOF])
    long = {"AWSManagedRulesCommonRuleSet": ["SizeRestrictions_BODY"]}
    assert evaluator.evaluate(request, supposed=long).passes
    attack = {"AWSManagedRulesKnownBadInputsRuleSet": ["Log4JRCE_BODY"]}
    assert not evaluator.evaluate(request, supposed=attack).passes
