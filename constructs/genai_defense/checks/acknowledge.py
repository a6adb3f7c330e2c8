"""The one way to acknowledge a finding of a check: narrowly, and with a reason that an auditor can read."""

import re

import aws_cdk as cdk
from constructs import IConstruct

from genai_defense.checks.reasons import why_unacceptable

# The name of a pack is the namespace of its acknowledgements, and its findings start with it.
_FINDING = re.compile(
    r"(AwsSolutions|NIST\.800\.53\.R5|HIPAA\.Security|PCI\.DSS\.321|OwaspLlm)-[A-Za-z0-9]+(\[.+])?"
)
_PACKS = "AwsSolutions, NIST.800.53.R5, HIPAA.Security, PCI.DSS.321, OwaspLlm"
# The packs that repeat one and the same finding of a control framework.
CONTROL_PACKS = ("NIST.800.53.R5", "HIPAA.Security", "PCI.DSS.321")


def acknowledge(construct: IConstruct, *findings: str, reason: str) -> None:
    """Acknowledge findings on exactly one resource, so that each stands with its reason in the report.

    The acknowledgement sits on the CloudFormation resource itself. On anything higher in the tree it would
    also silence the findings of every descendant, now and later. It is written with the pack's namespace
    (`AwsSolutions::AwsSolutions-S1`): the bare id silences cdk-nag but leaves no row in
    `cdk.out/validation-report.json` (aws-cdk-lib 2.275.0 and cdk-nag 3.0.2, measured 2026-11-23).

    Args:
        construct: A resource, or a construct whose `node.default_child` is one.
        findings: Ids as the report shows them, of one or of several packs:
            `AwsSolutions-S1`, `HIPAA.Security-S3BucketReplicationEnabled`,
            `AwsSolutions-IAM5[Action::kms:GenerateDataKey*]`. A granular finding (`[…]`) needs its full id.
        reason: Why the finding is accepted here, for an auditor: at least 40 characters and six words.

    Raises:
        TypeError: The construct is not one resource.
        ValueError: A finding id, or the reason, is not acceptable; or the finding is acknowledged already.
    """
    resource = _single_resource(construct)
    if fault := why_unacceptable(reason):
        raise ValueError(f"acknowledge({resource.node.path}): {fault}")
    if not findings:
        raise ValueError(
            f"acknowledge({resource.node.path}): no finding given. Name at least one, as the report shows it."
        )
    known = _acknowledged_ids(resource)
    for finding in findings:
        qualified = _qualified(finding)
        if qualified in known:
            raise ValueError(
                f"acknowledge({resource.node.path}): {finding} is acknowledged on this resource already; the"
                " CDK keeps only the last reason. Keep one call."
            )
        known.add(qualified)
        cdk.Validations.of(resource).acknowledge(cdk.Acknowledgment(id=qualified, reason=reason))


def _single_resource(construct: IConstruct) -> cdk.CfnResource:
    candidate = construct if cdk.CfnResource.is_cfn_resource(construct) else construct.node.default_child
    if not isinstance(candidate, cdk.CfnResource):
        raise TypeError(
            f"acknowledge({construct.node.path}): this construct is not one CloudFormation resource, and"
            " has none as its default child. An acknowledgement on it would silence everything below it. Pass"
            " the resource itself, for example role.node.find_child('DefaultPolicy')."
        )
    below = [
        child.node.path for child in candidate.node.find_all()[1:] if cdk.CfnResource.is_cfn_resource(child)
    ]
    if below:
        raise TypeError(
            f"acknowledge({candidate.node.path}): other resources stand below this one ({', '.join(below)})"
            " and would be silenced with it. Move them out of its scope."
        )
    return candidate


def _qualified(finding: str) -> str:
    match = _FINDING.fullmatch(finding)
    if match is None:
        raise ValueError(
            f"acknowledge: {finding!r} is not a finding id. Give it as the report shows it, without a"
            f" namespace: <pack>-<rule> or <pack>-<rule>[<detail>], where <pack> is one of {_PACKS}."
        )
    # The CDK writes "-" for " " on both sides before it compares; so do we, to see our own duplicates.
    return f"{match.group(1)}::{finding}".replace(" ", "-")


def _acknowledged_ids(resource: cdk.CfnResource) -> set[str]:
    key = cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
    return {finding for entry in resource.node.metadata if entry.type == key for finding in entry.data}
