"""An operator leaves alone what would be as strong as before."""

from typing import Any

import pytest

from genai_defense.mutation.operator import Site
from genai_defense.mutation.operators import load_operators

RESPONSE, MAPPING = "AWS::ApiGateway::GatewayResponse", "AWS::Lambda::EventSourceMapping"
INVOKE, GROUP = "AWS::Lambda::EventInvokeConfig", "AWS::EC2::SecurityGroup"
FIREWALL = "AWS::NetworkFirewall::RuleGroup"
HEADERS = {"gatewayresponse.header.Cache-Control": "'no-store'"}
REPORT = ["ReportBatchItemFailures"]


def number_of(operator: str, kind: str, properties: dict[str, Any], **others: dict[str, Any]) -> int:
    """How many mutants an operator makes of one resource beside others of its type."""
    resources = {"One": {"Type": kind, "Properties": properties}}
    resources |= {name: {"Type": kind, "Properties": each} for name, each in others.items()}
    (found,) = [each for each in load_operators() if each.id == operator]
    return len(
        list(found.weaken(Site(templates={"t": {"Resources": resources}}, template="t", logical_id="One")))
    )


def response(kind: str, headers: dict[str, str] = HEADERS, api: str = "api") -> dict[str, Any]:
    return {"RestApiId": api, "ResponseType": kind, "ResponseParameters": headers}


@pytest.mark.parametrize(
    ("kind", "default"), [("UNAUTHORIZED", "DEFAULT_4XX"), ("INTEGRATION_TIMEOUT", "DEFAULT_5XX")]
)
def test_an_answer_that_the_default_one_covers(kind: str, default: str) -> None:
    removed = "protection-removed"
    assert number_of(removed, RESPONSE, response(kind), Two=response(default)) == 0
    assert number_of(removed, RESPONSE, response(kind), Two=response(default, {})) == 1
    assert number_of(removed, RESPONSE, response(kind), Two=response(default, api="other")) == 1
    assert number_of(removed, RESPONSE, response(kind), Two=response("THROTTLED")) == 1
    assert number_of(removed, RESPONSE, response(default)) == 1


def test_fewer_retries_keep_nothing() -> None:
    kept = {"DestinationConfig": {"OnFailure": {"Destination": "arn:q"}}}
    assert number_of("protection-removed", INVOKE, {"MaximumRetryAttempts": 0}) == 0
    assert number_of("protection-removed", INVOKE, kept) == 1


def test_a_batch_of_one_message() -> None:
    assert number_of("mapping-batch-lost", MAPPING, {"BatchSize": 1, "FunctionResponseTypes": REPORT}) == 0
    assert number_of("mapping-batch-lost", MAPPING, {"BatchSize": 10, "FunctionResponseTypes": REPORT}) == 1


def test_a_port_that_is_open_to_everybody_already() -> None:
    door = {"CidrIp": "0.0.0.0/0", "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}
    assert number_of("group-rule-added", GROUP, {"SecurityGroupIngress": [door]}) == 2
    assert number_of("group-rule-added", GROUP, {}) == 3


def test_a_firewall_that_passes_everything_already() -> None:
    def rules(text: str) -> dict[str, Any]:
        return {"RuleGroup": {"RulesSource": {"RulesString": text}}}

    assert number_of("firewall-passes-first", FIREWALL, rules("pass ip any any -> any any (sid:1;)")) == 0
    assert number_of("firewall-passes-first", FIREWALL, rules("drop ip any any -> any any (sid:1;)"))


@pytest.mark.parametrize(
    ("kind", "left"), [("AWS::EC2::VPCEndpoint", 0), ("AWS::S3::BucketPolicy", 0), ("AWS::IAM::Policy", 1)]
)
def test_every_action_of_the_only_service(kind: str, left: int) -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    policy = {"PolicyDocument": {"Statement": [statement]}}
    assert number_of("policy-action-everything", kind, policy) == left
    named = {"PolicyDocument": {"Statement": [{**statement, "Action": "sqs:SendMessage"}]}}
    assert number_of("policy-action-everything", kind, named) == 1


@pytest.mark.parametrize(
    "operator", ["event-target-out", "event-pattern-matches-nothing", "protection-removed"]
)
def test_a_rule_that_is_off(operator: str) -> None:
    rule: dict[str, Any] = {"EventPattern": {"source": ["aws.kms"]}, "Targets": [{"Id": "t", "Arn": "arn:x"}]}
    assert number_of(operator, "AWS::Events::Rule", {**rule, "State": "DISABLED"}) == 0
    assert number_of(operator, "AWS::Events::Rule", rule) == 1


@pytest.mark.parametrize("operator", ["group-egress-by-default", "group-rule-inside-wide"])
def test_what_a_load_balancer_lets_out(operator: str) -> None:
    """It connects to its targets, whatever it is asked."""
    out = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "DestinationSecurityGroupId": "sg-1"}
    group = {"Type": GROUP, "Properties": {"SecurityGroupEgress": [out]}}
    (found,) = [each for each in load_operators() if each.id == operator]

    def number(user: str) -> int:
        used = {"Type": user, "Properties": {"SecurityGroups": [{"Fn::GetAtt": ["One", "GroupId"]}]}}
        resources = {"One": group, "User": used}
        site = Site(templates={"t": {"Resources": resources}}, template="t", logical_id="One")
        return len(list(found.weaken(site)))

    assert number("AWS::ElasticLoadBalancingV2::LoadBalancer") == 0
    assert number("AWS::ECS::Service") > 0
