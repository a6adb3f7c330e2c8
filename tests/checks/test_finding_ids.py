"""The computed name of a finding is the one that cdk-nag writes, within a stack and across stacks."""

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.checks.report import read_validation_report


@pytest.mark.parametrize("across", [False, True])
def test_the_finding_is_acknowledged_by_its_computed_name(tmp_path: Path, across: bool) -> None:  # noqa: FBT001 - pytest hands it over by name
    app = cdk.App(outdir=str(tmp_path), context={"@aws-cdk/core:defaultCrossStackReferences": "strong"})
    owner = cdk.Stack(app, "Owner")
    reader = cdk.Stack(app, "Reader") if across else owner
    bucket = s3.Bucket(owner, "Bucket")
    role = iam.Role(reader, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    statement = iam.PolicyStatement(actions=["s3:PutObject"], resources=[bucket.arn_for_objects("audit/*")])
    policy = iam.ManagedPolicy(reader, "Policy", roles=[role], statements=[statement])
    acknowledge(
        policy,
        wildcard_below(bucket.bucket_arn, "/audit/*", owner=bucket, reader=policy),
        reason="The records below one prefix have no names yet when the permission is written.",
    )
    add_check_packs(app)
    with pytest.raises(RuntimeError, match="ValidationFailed"):  # the bare bucket has findings of its own
        app.synth()
    report = read_validation_report(tmp_path)
    assert [finding.rule for finding in report.open if "IAM5" in finding.rule] == []
    assert len([finding for finding in report.acknowledged if "IAM5" in finding.rule]) == 1
