"""Boundary 5, above the accounts: what no account below may do, whoever asks in it."""

from aws_cdk import Environment, Stack
from constructs import Construct

from genai_defense.organization import (
    AiServicesOptOutPolicy,
    ApprovedModelsControlPolicy,
    DataPerimeterPolicy,
    EnforcedGuardrailPolicy,
    GuardrailControlPolicy,
    LockControlPolicy,
    OrganizationPolicy,
    ProtectionControlPolicy,
)
from genai_defense.organization.policy_document import PolicyDocument
from genai_defense.settings import Settings

# Organizations answers here only; its policies hold everywhere.
_REGION = "us-east-1"


class ManagementStack(Stack):
    """The policies of the organization, for the account that manages it.

    Attributes:
        policies: The policies, by construct id.
    """

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id, env=Environment(region=_REGION))
        chosen = settings.management
        self.policies = {
            name: OrganizationPolicy(
                self,
                name,
                policy=document,
                policy_name=f"genai-defense-{label}",
                targets=chosen.targets,
            )
            for name, label, document in _documents(settings)
        }


def _documents(settings: Settings) -> list[tuple[str, str, PolicyDocument]]:
    chosen, approved = settings.management, settings.model.approved.routes
    embedding = (settings.knowledge.embedding_model_id, *chosen.embedding_models)
    documents: list[tuple[str, str, PolicyDocument]] = [
        (
            "Guardrail",
            "guardrail",
            GuardrailControlPolicy(
                guardrail_versions=chosen.guardrail_versions,
                administrators=(*chosen.administrators, *chosen.break_glass),
                embedding_models=embedding,
                log_keepers=chosen.log_keepers,
            ),
        ),
        (
            "Models",
            "models",
            ApprovedModelsControlPolicy(
                model_ids=tuple(each.model_id for each in approved),
                embedding_models=embedding,
                inference_profile_ids=tuple(
                    each.inference_profile_id for each in approved if each.inference_profile_id
                ),
                regions=(settings.region,),
                administrators=(*chosen.administrators, *chosen.break_glass),
            ),
        ),
        *_protections(settings),
        (
            "DataPerimeter",
            "data-perimeter",
            DataPerimeterPolicy(
                organization_id=chosen.organization_id or "", trusted_accounts=chosen.trusted_accounts
            ),
        ),
        ("AiServicesOptOut", "ai-services-opt-out", AiServicesOptOutPolicy()),
    ]
    if chosen.enforced_guardrails:
        enforced = EnforcedGuardrailPolicy(
            guardrail_versions=chosen.enforced_guardrails, excluded_models=embedding
        )
        documents.append(("EnforcedGuardrail", "enforced-guardrail", enforced))
    return documents


def _protections(settings: Settings) -> list[tuple[str, str, PolicyDocument]]:
    """What nobody below may end, open or take over."""
    chosen = settings.management
    return [
        (
            "Protection",
            "protection",
            ProtectionControlPolicy(
                administrators=chosen.administrators,
                break_glass=chosen.break_glass,
                responders=chosen.responders,
            ),
        ),
        (
            "Locks",
            "locks",
            LockControlPolicy(
                administrators=chosen.administrators,
                break_glass=chosen.break_glass,
                deployers=chosen.deployers,
                key_administrators=settings.key_administrators.roles,
                servants=(*chosen.log_keepers, *chosen.responders),
                policies=chosen.exempt_policies,
            ),
        ),
    ]
