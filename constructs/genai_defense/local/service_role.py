"""What the role of an AWS service may do: asked of the emulator's IAM as if the service had assumed it."""

from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.provisioner import account_and_region

# What is read of the evaluator; patches_documents.py makes sure that it is there.
NEEDED = (
    "EvalContext",
    "_gather_role_policies",
    "_permissions_boundary",
    "_resource_policy",
    "combine_resource_policy",
    "evaluate",
)


def may(role_arn: str, action: str, resource: str) -> bool:
    """Whether identity policies, boundary and resource policy together allow it.

    Args:
        role_arn: The service's role.
        action: IAM action, such as `s3:GetObject`.
        resource: ARN.
    """
    evaluator, roles = emulator_module("core.iam_evaluator"), emulator_module("services.iam")._roles  # noqa: SLF001 - as above
    account, region = account_and_region()
    name = role_arn.rsplit("/", 1)[-1]
    asked: Any = evaluator.EvalContext(
        principal_arn=f"arn:aws:sts::{account}:assumed-role/{name}/service",
        principal_type="AssumedRole",
        principal_account=account,
        action=action,
        resource_arn=resource,
        region=region,
        secure_transport=True,
    )
    limits = evaluator._permissions_boundary(roles, name, account)  # noqa: SLF001 - as above
    verdict = evaluator.evaluate(asked, evaluator._gather_role_policies(name, account), *limits)  # noqa: SLF001 - as above
    policy = evaluator._resource_policy(action.partition(":")[0], resource)  # noqa: SLF001 - as above
    if policy is not None:
        verdict = evaluator.combine_resource_policy(verdict, asked, *policy, limits=tuple(limits))
    return bool(verdict.decision == "Allow")
