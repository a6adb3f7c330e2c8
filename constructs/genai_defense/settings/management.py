"""What the management account enforces on the accounts below it."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from genai_defense.organization.guardrail_control_policy import is_numbered_version
from genai_defense.settings.section import Section


def _numbered(value: str) -> str:
    if not is_numbered_version(value):
        raise ValueError(
            "must be a guardrail's ARN or id with a numbered version, such as gr1a2b3c4d5e:7, never DRAFT"
        )
    return value


Target = Annotated[
    str, StringConstraints(pattern=r"^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|\d{12})$")
]
RolePattern = Annotated[
    str, StringConstraints(pattern=r"^arn:[a-z*-]+:iam::(\d{12}|\*):role/[\w+=,.@/*-]*\w[\w+=,.@/*-]*$")
]
PolicyPattern = Annotated[
    str, StringConstraints(pattern=r"^arn:[a-z*-]+:iam::(\d{12}|\*):policy/[\w+=,.@/*-]*\w[\w+=,.@/*-]*$")
]
Versions = Annotated[tuple[Annotated[str, AfterValidator(_numbered)], ...], Field(strict=False)]
_CDK_DEPLOYS = "arn:*:iam::*:role/cdk-*-cfn-exec-role-*"
_CDK_STARTS = "arn:*:iam::*:role/cdk-*-deploy-role-*"
_KEEPS_THE_LOG = "arn:*:iam::*:role/GenAiDefense-Model-InvocationLog*"
_BLOCKS_ADDRESSES = "arn:*:iam::*:role/GenAiDefense-Respond-Functions*"


class ManagementSettings(Section):
    """What `cdk deploy --app ".venv/bin/python -m stacks.management_app"` attaches in the management account.

    Attributes:
        targets: Organizational units, accounts or the root that the policies bind; none turns them all off.
        organization_id: Id of the organization, whose principals alone reach data.
        guardrail_versions: Guardrails with version of which each model call must carry one, by ARN or as
            `id:version`.
        administrators: ARN patterns of the roles that deploy guardrails, logs, detectors, stores and keys.
        break_glass: ARN patterns of the roles that may end records, unlock, and end keys.
        deployers: ARN patterns of the roles that hand stacks and an administrator's role to CloudFormation.
        log_keepers: ARN patterns of the roles that may change where Bedrock logs invocations, and no more.
        responders: ARN patterns of the roles that may change lists of blocked addresses, and no more.
        exempt_policies: ARN patterns of managed policies of the roles above, beside the kit's own, of which
            nobody else writes a new version.
        embedding_models: Models beside the knowledge base's own that turn text into vectors: no guardrail can
            be applied to them, and they may be invoked without.
        trusted_accounts: Accounts outside of the organization that may reach data.
        enforced_guardrails: ARNs with version of guardrails in the management account that Bedrock applies to
            every call, one a Region; none leaves this layer out.
    """

    targets: Annotated[tuple[Target, ...], Field(strict=False)] = ()
    organization_id: Annotated[str, StringConstraints(pattern=r"^o-[a-z0-9]{10,32}$")] | None = None
    guardrail_versions: Versions = ()
    administrators: Annotated[tuple[RolePattern, ...], Field(strict=False)] = (_CDK_DEPLOYS,)
    break_glass: Annotated[tuple[RolePattern, ...], Field(strict=False)] = ()
    deployers: Annotated[tuple[RolePattern, ...], Field(strict=False)] = (_CDK_STARTS,)
    log_keepers: Annotated[tuple[RolePattern, ...], Field(strict=False)] = (_KEEPS_THE_LOG,)
    responders: Annotated[tuple[RolePattern, ...], Field(strict=False)] = (_BLOCKS_ADDRESSES,)
    exempt_policies: Annotated[tuple[PolicyPattern, ...], Field(strict=False)] = ()
    embedding_models: Annotated[tuple[str, ...], Field(strict=False)] = ()
    trusted_accounts: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^\d{12}$")], ...], Field(strict=False)
    ] = ()
    enforced_guardrails: Versions = ()

    @model_validator(mode="after")
    def _complete_or_off(self) -> Self:
        needed = {
            "organization_id": self.organization_id,
            "guardrail_versions": self.guardrail_versions,
            "administrators": self.administrators,
            "break_glass": self.break_glass,
        }
        if self.targets and (missing := [name for name, value in needed.items() if not value]):
            raise ValueError(f"targets are named, so {', '.join(missing)} must be set as well")
        if short := [arn for arn in self.enforced_guardrails if not arn.startswith("arn:")]:
            raise ValueError(f"enforced_guardrails: {short[0]!r} must be an ARN with its version")
        return self
