"""The service control policy that asks for this guardrail in every account below it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_cdk import Token

from genai_defense.checks.bypasses import (
    API_KEY_ACTIONS,
    API_KEY_SERVICE,
    API_KEY_SERVICE_KEY,
    GUARDRAIL_CHANGES,
    LOGGING_CHANGES,
    WAYS_AROUND,
)
from genai_defense.checks.model_access import GUARDRAIL_KEY, INVOKE_ACTIONS

# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
# (read 2026-11-24).
MOST_CHARS = 5120
# An ARN with its version, where only a deployment knows it.
_TOKEN_CHARS = 120


@dataclass(frozen=True, kw_only=True)
class GuardrailControlPolicy:
    """What no account of the organization may do with models.

    Attributes:
        guardrail_versions: ARNs with version (`ModelGuardrail.version_arn`) of which each call must carry
            one; during a change the old and the new one.
        administrators: ARN patterns of the principals that may change guardrails and logging, such as the
            deployment role. At least one, or nobody could deploy a guardrail again.

    Raises:
        ValueError: A list is empty, a version is none, or the document would be larger than Organizations
            takes.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html,
        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html (read
        2026-11-24).
    """

    guardrail_versions: tuple[str, ...]
    administrators: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what Organizations would refuse, and what would refuse everything."""
        if not self.guardrail_versions or not self.administrators:
            raise ValueError(
                "GuardrailControlPolicy: guardrail_versions and administrators each need an entry: without a "
                "version no call passes, without an administrator no guardrail can be deployed."
            )
        for version in self.guardrail_versions:
            if not Token.is_unresolved(version) and not version.rpartition(":")[2].isdigit():
                raise ValueError(
                    f"GuardrailControlPolicy: {version} names no numbered version. Give "
                    "ModelGuardrail.version_arn."
                )
        if (size := self.size) > MOST_CHARS:
            raise ValueError(
                f"GuardrailControlPolicy: the document has {size} characters, and Organizations takes "
                f"{MOST_CHARS}. Name fewer versions or administrators."
            )

    @property
    def size(self) -> int:
        """Characters without white space; a token counts 120."""
        names = [*self.guardrail_versions, *self.administrators]
        tokens = [name for name in names if Token.is_unresolved(name)]
        text = json.dumps(self.document, separators=(",", ":"))
        return len(text) + sum(_TOKEN_CHARS - len(name) for name in tokens)

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        unless_administrator = {"ArnNotLike": {"aws:PrincipalArn": list(self.administrators)}}
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    # A negated operator is also true when the key is missing: no guardrail, no call.
                    "Sid": "DenyModelsWithoutThisGuardrail",
                    "Effect": "Deny",
                    "Action": list(INVOKE_ACTIONS),
                    "Resource": "*",
                    "Condition": {"StringNotEquals": {GUARDRAIL_KEY: list(self.guardrail_versions)}},
                },
                {
                    "Sid": "DenyWaysAroundTheGuardrail",
                    "Effect": "Deny",
                    "Action": list(WAYS_AROUND),
                    "Resource": "*",
                },
                {
                    "Sid": "DenyBedrockApiKeys",
                    "Effect": "Deny",
                    "Action": list(API_KEY_ACTIONS),
                    "Resource": "*",
                    "Condition": {"StringEquals": {API_KEY_SERVICE_KEY: API_KEY_SERVICE}},
                },
                {
                    "Sid": "DenyChangesOfGuardrailAndLog",
                    "Effect": "Deny",
                    "Action": [*GUARDRAIL_CHANGES, *LOGGING_CHANGES],
                    "Resource": "*",
                    "Condition": unless_administrator,
                },
            ],
        }
