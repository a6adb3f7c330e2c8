"""Who may do what in a response, from where events come, and what happens to those that get lost."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.application import FunctionHosting, KillSwitch
from genai_defense.data import AuditBucket, ResponseTable, StandingTable
from genai_defense.organization import (
    AlarmTopic,
    Responder,
    ResponseFunctions,
    ResponsePolicy,
    ResponseReach,
    SecurityBus,
    WebAclEvents,
)
from genai_defense.user_interface import BlockedAddresses
from response_decision.signal import signal_of
from web_acl_events.handler import SOURCE

Synth = Callable[[], Template]


@pytest.fixture
def built(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key, template: Synth) -> Template:
    bus = SecurityBus(stack, "Bus", encryption_key=kms.Key(stack, "BusKey"))
    topic = AlarmTopic(stack, "Topic", encryption_key=log_key)
    functions = ResponseFunctions(
        stack,
        "Functions",
        hosting=hosting,
        policy=ResponsePolicy(protected_networks=("198.51.100.0/24",)),
        table=ResponseTable(stack, "Table", encryption_key=log_key),
        reach=ResponseReach(
            user_pool=cognito.UserPool(stack, "Pool"),
            standing=StandingTable(stack, "Standing", encryption_key=log_key),
            kill_switch=KillSwitch(stack, "Switch"),
            blocked_addresses=[BlockedAddresses(stack, "Blocked")],
            audit=AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(1)),
            topic=topic.topic,
            topic_key=log_key,
        ),
    )
    Responder(stack, "Responder", hosting=hosting, bus=bus, functions=functions)
    WebAclEvents(stack, "WebAcl", hosting=hosting, bus=bus)
    return template()


def _allowed(built: Template, prefix: str) -> set[str]:
    return {
        action
        for name, policy in built.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith(prefix)
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }


def test_what_decides_can_act_on_nothing(built: Template) -> None:
    services = {action.partition(":")[0] for action in _allowed(built, "FunctionsDecision")}
    assert not services & {"cognito-idp", "wafv2", "ssm", "sns", "securityhub", "s3"}


def test_what_acts_can_give_nothing_back_and_what_restores_can_take_nothing(built: Template) -> None:
    acts, restores = _allowed(built, "FunctionsResponder"), _allowed(built, "FunctionsRestore")
    assert "cognito-idp:AdminDisableUser" in acts - restores
    assert "cognito-idp:AdminUserGlobalSignOut" in acts - restores
    assert "cognito-idp:AdminEnableUser" in restores - acts
    assert "dynamodb:DeleteItem" in restores - acts
    assert not {
        action for action in acts | restores if "Delete" in action and action != "dynamodb:DeleteItem"
    }


def test_actions_on_users_addresses_and_the_switch_name_their_one_resource(built: Template) -> None:
    for name, policy in built.find_resources("AWS::IAM::ManagedPolicy").items():
        if not name.startswith(("FunctionsResponder", "FunctionsRestore")):
            continue
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            if statement.get("Sid") in {"ReachUsers", "FillBlockedAddresses", "SetKillSwitch"}:
                assert '"*"' not in json.dumps(statement["Resource"])


def test_every_rule_keeps_what_it_could_not_deliver(built: Template) -> None:
    rules = {
        name: rule["Properties"]
        for name, rule in built.find_resources("AWS::Events::Rule").items()
        if "EventPattern" in rule["Properties"]
    }
    assert len(rules) == 3
    for rule in rules.values():
        (target,) = rule["Targets"]
        assert target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0].startswith("ResponderUndelivered")
    allowing = [
        statement
        for policy in built.find_resources("AWS::SQS::QueuePolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Sid") == "AllowRulesOfTheResponse"
    ]
    assert len(allowing[0]["Condition"]["ArnEquals"]["aws:SourceArn"]) == 3


def test_every_source_that_a_rule_brings_can_be_read(built: Template) -> None:
    (pattern,) = (
        rule["Properties"]["EventPattern"]
        for rule in built.find_resources("AWS::Events::Rule").values()
        if "EventBusName" in rule["Properties"]
    )
    assert SOURCE in pattern["source"]
    for source in pattern["source"]:
        with pytest.raises(ValueError, match="malformed"):
            signal_of({"source": source, "detail": {}})


def test_addresses_are_let_go_by_the_clock(built: Template) -> None:
    (rule,) = (
        rule["Properties"]
        for rule in built.find_resources("AWS::Events::Rule").values()
        if "ScheduleExpression" in rule["Properties"]
    )
    (target,) = rule["Targets"]
    assert (rule["ScheduleExpression"], target["Input"]) == ("rate(5 minutes)", '{"expire": true}')


def test_the_policy_reaches_the_functions(built: Template) -> None:
    environments: dict[str, dict[str, Any]] = {
        entry["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]: entry["Properties"][
            "Environment"
        ]["Variables"]
        for entry in built.find_resources("AWS::Lambda::Function").values()
        if "Environment" in entry["Properties"]
    }
    policy = ResponsePolicy()
    assert environments["response_decision"]["DISABLE_AFTER"] == str(policy.disable_after)
    assert environments["responder"]["PROTECTED_ROLES"] == "approver,operator,reviewer"
    assert environments["responder"]["PROTECTED_NETWORKS"] == "198.51.100.0/24"
    assert environments["responder"]["MODE"] == "act"
