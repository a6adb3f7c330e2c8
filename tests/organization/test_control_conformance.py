import json
from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import assertions
from aws_cdk import aws_config as config
from aws_cdk import aws_kms as kms

from genai_defense.organization import ControlConformance, ResourceRecorder
from genai_defense.organization.control_conformance import RULES

# Newer than the CDK's list; both have a page of their own in Config's developer guide (read 2026-11-24).
NEWER = {"GUARDDUTY_LAMBDA_PROTECTION_ENABLED", "GUARDDUTY_S3_PROTECTION_ENABLED"}


def test_the_pack_waits_for_the_recorder_of_its_stack(
    stack: cdk.Stack, template: Callable[[], assertions.Template], log_key: kms.Key
) -> None:
    recorder = ResourceRecorder(stack, "Recorder", encryption_key=log_key).recorder
    ControlConformance(stack, "It", recorder=recorder)
    (pack,) = template().find_resources("AWS::Config::ConformancePack").values()
    assert stack.resolve(recorder.logical_id) in pack["DependsOn"]


def test_the_pack_holds_a_rule_for_each_control_within_its_size(
    stack: cdk.Stack, template: Callable[[], assertions.Template]
) -> None:
    ControlConformance(stack, "It")
    (pack,) = template().find_resources("AWS::Config::ConformancePack").values()
    body = pack["Properties"]["TemplateBody"]
    assert len(body) < 51_200
    rules = json.loads(body)["Resources"]
    assert set(rules) == set(RULES)
    assert {rule["Type"] for rule in rules.values()} == {"AWS::Config::ConfigRule"}
    assert {rule["Properties"]["Source"]["Owner"] for rule in rules.values()} == {"AWS"}


def test_every_rule_is_one_that_aws_has() -> None:
    known = {
        value
        for name in dir(config.ManagedRuleIdentifiers)
        if name.isupper() and isinstance(value := getattr(config.ManagedRuleIdentifiers, name), str)
    }
    assert {identifier for identifier, _ in RULES.values()} - known == NEWER
