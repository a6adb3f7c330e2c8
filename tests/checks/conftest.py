"""One small app, synthesized once for all these tests, and tiny templates to ask rules about."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.answer import Answer
from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.template_graph import Template, TemplateGraph

ACCEPTED = "The bucket holds only public pictures that the build can make again at any time."


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cloud assembly of an app whose findings are partly acknowledged."""
    outdir = tmp_path_factory.mktemp("assembly") / "cdk.out"
    app = cdk.App(outdir=str(outdir))
    stack = cdk.Stack(app, "Shop")
    pictures = s3.Bucket(stack, "Pictures")
    s3.Bucket(stack, "Orders")
    inner = cdk.NestedStack(stack, "Inner")
    s3.Bucket(inner, "Nested")
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a b/*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    policy = iam.CfnPolicy(stack, "Policy", policy_name="read", policy_document=document)
    add_check_packs(app)
    acknowledge(
        pictures,
        "AwsSolutions-S1",
        "NIST.800.53.R5-S3BucketReplicationEnabled",
        "HIPAA.Security-S3BucketReplicationEnabled",
        "PCI.DSS.321-S3BucketReplicationEnabled",
        "OwaspLlm-DataStoreUsesCustomerManagedKey",
        reason=ACCEPTED,
    )
    acknowledge(policy, "AwsSolutions-IAM5[Action::s3:Get*]", "AwsSolutions-L1", reason=ACCEPTED)
    # What the helper forbids, to see what it does: a bare id, an acknowledgement above the resource.
    bare = cdk.Acknowledgment(id="AwsSolutions-S10", reason=ACCEPTED)
    cdk.Validations.of(pictures.node.default_child or pictures).acknowledge(bare)
    wide = cdk.Acknowledgment(id="AwsSolutions::AwsSolutions-S1", reason=ACCEPTED)
    cdk.Validations.of(inner).acknowledge(wide)
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()
    return outdir


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Ask one rule about the resource `Subject` of a tiny template.

    `Given` is a parameter without default: what refers to it cannot be resolved.
    """
    rules = {rule.id: rule for rule in OWASP_LLM.rules}

    def ask_rule(
        rule_id: str,
        properties: dict[str, Any],
        *,
        others: dict[str, Any] | None = None,
        resource_type: str | None = None,
        elsewhere: dict[str, Any] | None = None,
    ) -> Answer:
        rule = rules[rule_id]
        subject = {"Type": resource_type or rule.resource_types[0], "Properties": properties}
        here = {
            "Parameters": {"Given": {"Type": "String"}},
            "Resources": {"Subject": subject, **(others or {})},
            "Outputs": {"Out": {"Value": {"Ref": "Subject"}, "Export": {"Name": "Here:Subject"}}},
        }
        templates = [Template("here", here), *([Template("elsewhere", elsewhere)] if elsewhere else [])]
        graph = TemplateGraph(templates)
        (answer,) = (
            r.answer
            for r in OWASP_LLM.evaluate(graph)
            if r.rule is rule and r.resource.logical_id == "Subject"
        )
        return answer

    return ask_rule
