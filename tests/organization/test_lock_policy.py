"""Whoever asks in an account below: locks and keys hold, and nobody makes an exempt role or a tag his own."""

from typing import Any

import pytest

from genai_defense.organization import LockControlPolicy
from tests.organization.policy_evaluator import Request, denied_by

_ROLES = "arn:aws:iam::111122223333:role/"
DEPLOYS = f"{_ROLES}cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1"
STARTS = f"{_ROLES}cdk-hnb659fds-deploy-role-111122223333-us-east-1"
EMERGENCY = f"{_ROLES}BreakGlass"
KEEPER = f"{_ROLES}GenAiDefense-Model-InvocationLogFunctionRole1A2B"
KEY_ADMINISTRATOR = f"{_ROLES}KeyAdministrator"
OTHERS = [
    f"{_ROLES}GenAiDefense-Model-Caller1A2B",
    f"{_ROLES}BreakGlass2",
    f"{_ROLES}x-cdk-1-cfn-exec-role-1",
    "arn:aws:iam::111122223333:user/BreakGlass",
    "arn:aws:iam::111122223333:root",
]
EXEMPT = {DEPLOYS, EMERGENCY}
PROTECTED = [DEPLOYS, STARTS, EMERGENCY, KEEPER, KEY_ADMINISTRATOR]
LOCKS = LockControlPolicy(
    administrators=("arn:*:iam::*:role/cdk-*-cfn-exec-role-*",),
    break_glass=("arn:aws:iam::*:role/BreakGlass",),
    deployers=("arn:*:iam::*:role/cdk-*-deploy-role-*",),
    key_administrators=(KEY_ADMINISTRATOR,),
    servants=("arn:*:iam::*:role/GenAiDefense-Model-InvocationLog*",),
    policies=("arn:aws:iam::*:policy/Emergency*",),
).document
PRINCIPALS = [*PROTECTED, *OTHERS]

# Written down from what an intruder would do, not from the policy: what it forgets is found here.
ENDS = [
    "backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteBackupVaultAccessPolicy", "backup:DeleteRecoveryPoint",
    "backup:PutBackupVaultAccessPolicy", "backup:UpdateRecoveryPointLifecycle",
    "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:DisableKeyRotation",
    "kms:ScheduleKeyDeletion", "s3:BypassGovernanceRetention",
]  # fmt: skip
BUCKET = "arn:aws:s3:::genaidefense-data-auditbucket7486e833-1a2b3c"
TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/GenAiDefense-Data-OrdersTable1F8332C7-1A2B"
OPENS = [
    *((action, TABLE) for action in (
        "dynamodb:DeleteTable", "dynamodb:PutResourcePolicy", "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
    )),
    *((action, BUCKET) for action in (
        "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketLogging",
        "s3:PutBucketObjectLockConfiguration", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
    )),
    ("lambda:UpdateFunctionCode", "arn:aws:lambda:us-east-1:111122223333:function:GenAiDefense-Model-I1A2B"),
    (
        "lambda:UpdateFunctionConfiguration",
        "arn:aws:lambda:us-east-1:111122223333:function:GenAiDefense-Model-I1A2B",
    ),
    ("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/GenAiDefense-Model-BoundaryPolicy1A2B"),
    ("iam:SetDefaultPolicyVersion", "arn:aws:iam::111122223333:policy/EmergencyRights"),
]  # fmt: skip


def _denied(principal: str, action: str, resource: str = "arn:aws:x:::y", **keys: Any) -> bool:
    context = {"aws:PrincipalArn": principal, **{name.replace("_", ":"): key for name, key in keys.items()}}
    return bool(denied_by(LOCKS, Request(action=action, resource=resource, context=context)))


def _who_may(action: str, resource: str = "arn:aws:x:::y", **keys: Any) -> set[str]:
    return {principal for principal in PRINCIPALS if not _denied(principal, action, resource, **keys)}


@pytest.mark.parametrize("action", ENDS)
def test_only_break_glass_unlocks_and_schedules_deletion(action: str) -> None:
    assert _who_may(action) == {EMERGENCY}


@pytest.mark.parametrize(("action", "resource"), OPENS)
def test_only_the_deployment_and_break_glass_open_what_the_kit_holds(action: str, resource: str) -> None:
    assert _who_may(action, resource) == EXEMPT
    assert _who_may(action, "arn:aws:x:::somebody-elses") == set(PRINCIPALS)


def test_key_policies_are_written_by_the_deployment_and_the_key_administrators() -> None:
    assert _who_may("kms:PutKeyPolicy") == {*EXEMPT, KEY_ADMINISTRATOR}


def test_a_grant_on_a_key_is_made_for_services_only() -> None:
    assert _who_may("kms:CreateGrant", kms_GrantIsForAWSResource="true") == set(PRINCIPALS)
    assert _who_may("kms:CreateGrant", kms_GrantIsForAWSResource="false") == EXEMPT
    assert _who_may("kms:CreateGrant") == EXEMPT


@pytest.mark.parametrize(
    "action",
    [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
    ],
)
def test_nobody_becomes_exempt_by_taking_over_an_exempt_role(action: str) -> None:
    assert [_who_may(action, role) for role in PROTECTED] == [EXEMPT] * len(PROTECTED)
    assert _who_may(action, OTHERS[0]) == set(PRINCIPALS)


def test_an_exempt_role_is_passed_by_who_deploys_and_by_the_kits_own_only() -> None:
    """Whoever may pass it to a function or a stack of his own acts with its rights."""
    assert [_who_may("iam:PassRole", role) for role in PROTECTED] == [{*EXEMPT, STARTS, KEEPER}] * len(
        PROTECTED
    )
    assert _who_may("iam:PassRole", OTHERS[0]) == set(PRINCIPALS)


@pytest.mark.parametrize("action", ["CreateChangeSet", "ExecuteChangeSet", "UpdateStack", "DeleteStack"])
def test_only_who_deploys_changes_the_kits_stacks(action: str) -> None:
    """A stack keeps the role that it was deployed with, and asks nobody to pass it again."""
    stack = "arn:aws:cloudformation:us-east-1:111122223333:stack/GenAiDefense-Model/1a2b"
    assert _who_may(f"cloudformation:{action}", stack) == {*EXEMPT, STARTS}


@pytest.mark.parametrize("action", ["iam:TagRole", "iam:TagUser", "iam:UntagRole", "iam:UntagUser"])
def test_tags_that_open_data_are_set_by_the_deployment_only(action: str) -> None:
    """IAM knows a tag in any case: `Tenant` is `tenant`."""
    for key in ("dataset-store", "perimeter-exception", "tenant", "user_id", "Tenant", "DATASET-STORE"):
        assert _who_may(action, aws_TagKeys=("cost", key)) == EXEMPT
    assert _who_may(action, aws_TagKeys=("cost",)) == set(PRINCIPALS)


@pytest.mark.parametrize("key", ["dataset-store", "Perimeter-Exception"])
def test_a_session_brings_its_tenant_and_user_but_no_side_and_no_exception(key: str) -> None:
    assert _who_may("sts:TagSession", aws_TagKeys=("tenant", "user_id")) == set(PRINCIPALS)
    assert _who_may("sts:TagSession", aws_TagKeys=("tenant", key)) == EXEMPT
