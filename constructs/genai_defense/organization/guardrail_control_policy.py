"""The service control policy that asks for this guardrail in every account below it."""

import re
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
from genai_defense.organization.policy_document import (
    OrganizationPolicyType,
    check_size,
    deny,
    require,
    size_of,
)

_ID_AND_VERSION = re.compile(r"[a-z0-9]+:[1-9][0-9]{0,7}")
_ARN_AND_VERSION = re.compile(r"arn:[a-z-]+:bedrock:[a-z0-9-]+:\d{12}:guardrail/[a-z0-9]+:[1-9][0-9]{0,7}")


@dataclass(frozen=True, kw_only=True)
class GuardrailControlPolicy:
    """What no account of the organization may do with models.

    Attributes:
        guardrail_versions: Guardrails with a numbered version, of which each call must carry one; during a
            change the old and the new one. An ARN with its version (`ModelGuardrail.version_arn`), or an id
            with its version, such as `gr1a2b3c4d5e:7`, which names it in whatever account it is.
        administrators: ARN patterns of the principals that may change guardrails and logging, such as the
            deployment role. At least one, or nobody could deploy a guardrail again.
        log_keepers: ARN patterns of the principals that may change logging only. Default: none.
        embedding_models: Ids of models that turn text into vectors and write none, which no guardrail can be
            applied to. Default: none.

    Raises:
        ValueError: A list is empty, a version is none, or the document would be larger than Organizations
            takes.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html,
        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html (read
        2026-11-24).
    """

    guardrail_versions: tuple[str, ...]
    administrators: tuple[str, ...]
    embedding_models: tuple[str, ...] = ()
    log_keepers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Organizations would refuse, and what would refuse everything."""
        require(self, guardrail_versions=self.guardrail_versions, administrators=self.administrators)
        for version in self.guardrail_versions:
            if not Token.is_unresolved(version) and not is_numbered_version(version):
                raise ValueError(
                    f"GuardrailControlPolicy: {version} names no numbered version. Give "
                    "ModelGuardrail.version_arn, or the guardrail's id with its version, such as "
                    "gr1a2b3c4d5e:7."
                )
        check_size(self)

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """A service control policy."""
        return OrganizationPolicyType.SERVICE_CONTROL

    @property
    def size(self) -> int:
        """Characters without white space; a token counts 120."""
        return size_of(self.document)

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        return {
            "Version": "2012-10-17",
            "Statement": [
                self._models_without_guardrail(),
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
                deny("DenyChangesOfTheGuardrail", GUARDRAIL_CHANGES, unless=self.administrators),
                deny(
                    "DenyChangesOfTheLog", LOGGING_CHANGES, unless=[*self.administrators, *self.log_keepers]
                ),
            ],
        }

    def _models_without_guardrail(self) -> dict[str, Any]:
        versions = [_anywhere(version) for version in self.guardrail_versions]
        named = any("*" in version for version in versions)
        exempt = [f"arn:*:bedrock:*::foundation-model/{model}" for model in self.embedding_models]
        return {
            "Sid": "DenyModelsWithoutThisGuardrail",
            "Effect": "Deny",
            "Action": list(INVOKE_ACTIONS),
            **({"NotResource": exempt} if exempt else {"Resource": "*"}),
            # A negated operator is also true when the key is missing: no guardrail, no call.
            "Condition": {"StringNotLike" if named else "StringNotEquals": {GUARDRAIL_KEY: versions}},
        }


def is_numbered_version(text: str) -> bool:
    """Whether a text names one guardrail with a numbered version, by ARN or by id."""
    return bool(_ID_AND_VERSION.fullmatch(text) or _ARN_AND_VERSION.fullmatch(text))


def _anywhere(version: str) -> str:
    """What the condition key holds: always an ARN with its version."""
    return f"arn:*:bedrock:*:*:guardrail/{version}" if _ID_AND_VERSION.fullmatch(version) else version
