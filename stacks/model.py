"""Boundary 3: the approved model, its guardrail, and the one role and endpoint that reach it."""

from aws_cdk import Environment, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.model import ApprovedModel, GuardedModelAccess, ModelGuardrail
from genai_defense.settings import Settings
from stacks.network import NetworkStack


class ModelStack(Stack):
    """Guardrail by number, endpoint by policy, role by condition."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        network: NetworkStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        model = ApprovedModel(
            model_id=settings.model.model_id,
            regions=settings.model.inference_regions,
            inference_profile_id=settings.model.inference_profile_id,
        )
        guardrail = ModelGuardrail(
            self,
            "Guardrail",
            encryption_key=DataKey(
                self, "GuardrailKey", data_class="guardrail", removal_policy=settings.removal_policy
            ),
            guardrail_profile_id=settings.model.guardrail_profile_id,
            profile_regions=settings.model.inference_regions,
        )
        caller = iam.Role(self, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.access = GuardedModelAccess(
            self,
            "Access",
            role=caller,
            model=model,
            guardrail=guardrail,
            vpc=network.network.vpc,
        )
