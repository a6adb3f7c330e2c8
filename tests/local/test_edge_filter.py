"""The local CloudFront asks the web ACL that was deployed, with the addresses that are in its sets by now."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.local.deployment import Deployment
from genai_defense.local.distribution import Distribution
from genai_defense.local.distribution_config import Behavior, DistributionConfig, HeaderRules, Origin
from genai_defense.local.edge_filter import EdgeFilter, edge_filter
from genai_defense.local.emulator import Emulator
from genai_defense.local.errors import LocalRunError
from genai_defense.local.web import send
from genai_defense.proofs.waf import Request

EMPTY: dict[str, Any] = {}
STACK = "Edge-Under-Test"
VIEW = {"CloudWatchMetricsEnabled": True, "MetricName": "x", "SampledRequestsEnabled": False}


def _rule(name: str, priority: int, statement: dict[str, Any]) -> dict[str, Any]:
    block = {"Action": {"Block": EMPTY}, "VisibilityConfig": VIEW}
    return {"Name": name, "Priority": priority, "Statement": statement, **block}


def _template() -> dict[str, Any]:
    body = {
        "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
        "ComparisonOperator": "GT",
        "Size": 100,
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
    }
    arn = {"Fn::GetAtt": ["Blocked", "Arn"]}
    rules = [
        _rule("Blocked", 0, {"IPSetReferenceStatement": {"Arn": arn}}),
        _rule("Long", 1, {"SizeConstraintStatement": body}),
        _rule("Rate", 2, {"RateBasedStatement": {"Limit": 20, "AggregateKeyType": "IP"}}),
    ]
    acl = {"DefaultAction": {"Allow": EMPTY}, "VisibilityConfig": VIEW, "Rules": rules}
    ip_set: dict[str, Any] = {"Scope": "CLOUDFRONT", "IPAddressVersion": "IPV4", "Addresses": []}
    return {
        "Resources": {
            "Blocked": {"Type": "AWS::WAFv2::IPSet", "Properties": ip_set},
            "Acl": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Scope": "CLOUDFRONT", **acl}},
        }
    }


@pytest.fixture
def deployment(emulator: Emulator, aws: Callable[[str], Any]) -> Iterator[Deployment]:
    """A chatbot of which only the web ACL at the edge and a user pool are there."""
    cloudformation, cognito = aws("cloudformation"), aws("cognito-idp")
    pool = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="web")["UserPoolClient"]["ClientId"]
    cloudformation.create_stack(StackName=STACK, TemplateBody=json.dumps(_template()))
    names = ("api_url", "sign_in_url", "audit_bucket", "quota_table", "kill_switch", "review_queue")
    unused: dict[str, Any] = dict.fromkeys(names, "")
    yield Deployment(endpoint=emulator.endpoint, user_pool_id=pool, client_id=client, **unused)
    cloudformation.delete_stack(StackName=STACK)
    cognito.delete_user_pool(UserPoolId=pool)


@pytest.fixture
def web_acl(deployment: Deployment, tmp_path: Path) -> EdgeFilter:
    (tmp_path / f"{STACK}.template.json").write_text(json.dumps(_template()))
    (tmp_path / "Other.template.json").write_text('{"Resources": {}}')
    return edge_filter(deployment, tmp_path)


def test_its_own_rules_hold(web_acl: EdgeFilter) -> None:
    assert web_acl.verdict(Request()).passes
    assert web_acl.verdict(Request(body=b"x" * 101)).rule == "Long"


def test_an_address_is_blocked_as_soon_as_a_responder_says_so(web_acl: EdgeFilter) -> None:
    assert web_acl.verdict(Request(client_address="203.0.113.9")).passes
    web_acl.fill("Blocked", ["203.0.113.0/24"])
    assert web_acl.addresses("Blocked") == ["203.0.113.0/24"]
    assert web_acl.verdict(Request(client_address="203.0.113.9")).rule == "Blocked"
    web_acl.fill("Blocked", [])
    assert web_acl.verdict(Request(client_address="203.0.113.9")).passes


def test_a_rate_goes_on_when_the_sets_change(web_acl: EdgeFilter) -> None:
    for _ in range(20):
        assert web_acl.verdict(Request(time=1)).passes
    web_acl.fill("Blocked", ["203.0.113.0/24"])
    assert web_acl.verdict(Request(time=2)).rule == "Rate"


def test_without_the_edge_stack_the_run_says_so(deployment: Deployment, tmp_path: Path) -> None:
    with pytest.raises(LocalRunError, match=r"0 stacks of .* have a web ACL of the scope CLOUDFRONT"):
        edge_filter(deployment, tmp_path)


def test_the_distribution_stops_what_its_web_acl_refuses(
    deployment: Deployment, web_acl: EdgeFilter, aws: Callable[[str], Any]
) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="filtered-page")
    s3.put_object(Bucket="filtered-page", Key="index.html", Body=b"page")
    behavior = Behavior(
        pattern="*",
        origin=Origin(bucket="filtered-page", url=None, headers={}),
        methods=frozenset({"GET", "POST"}),
        headers=HeaderRules(set={}, removed=frozenset()),
    )
    config = DistributionConfig(behaviors=(behavior,), root="index.html")
    with Distribution(deployment, config, web_acl) as running:
        assert send(running.url).body == "page"
        stopped = send(running.url, method="POST", body=b"x" * 101)
        assert (stopped.status, "request blocked" in stopped.body) == (403, True)
        web_acl.fill("Blocked", ["127.0.0.1/32"])
        assert send(running.url).status == 403
