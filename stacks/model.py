"""Boundary 3: the approved model, its guardrail, and the one function, role and endpoint that reach it."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import ChatFunction, EvaluationFunction
from genai_defense.data import DataKey, object_lock
from genai_defense.model import (
    AccountEnforcedGuardrail,
    GuardedModelAccess,
    ModelGuardrail,
    ModelInvocationLogging,
    ModelInvocationLoggingCheck,
)
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.knowledge import KnowledgeStack
from stacks.network import NetworkStack
from stacks.tools import ToolsStack


class ModelStack(Stack):
    """Guardrail by number, endpoint by policy, role by condition, and the function that holds the role.

    The function stands in the guardrail's stack: a new version is a new number, and a number that another
    stack imports could not change.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        network: NetworkStack,
        tools: ToolsStack | None,
        knowledge: KnowledgeStack | None,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        vpc = network.network.vpc
        self.hosting = network.hosting
        self.tools = tools
        self.knowledge = knowledge
        guardrail = self._guardrail(settings)
        access = GuardedModelAccess(
            self,
            "Access",
            role=iam.Role(self, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
            model=settings.model.approved,
            guardrail=guardrail,
            vpc=vpc,
            cost_tags=settings.model.cost_tags,
        )
        self.chat = ChatFunction(
            self,
            "Chat",
            hosting=self.hosting.with_concurrency(settings.concurrency.chat),
            access=access,
            conversations=data.conversations,
            max_output_tokens=settings.model.max_output_tokens,
            conversation_days=settings.retention.conversation_days,
            allowed_link_hosts=settings.allowed_link_hosts,
        )
        if tools:
            self.chat.use_tools(tools.broker.private.function)
        if knowledge:
            self.chat.use_documents(knowledge.base, knowledge.documents.table)
        CfnOutput(
            self,
            "ModelProcessedIn",
            description="Where prompts and answers are processed; they are stored in this Region only.",
            value=settings.model.processed_in,
        )
        self._log_invocations(settings, data)
        if data.datasets and settings.evaluation.evaluations:
            EvaluationFunction(
                self,
                "Evaluation",
                hosting=self.hosting.with_concurrency(1),
                store=data.datasets,
                evaluations=settings.evaluation.evaluations,
            )

    def _guardrail(self, settings: Settings) -> ModelGuardrail:
        guardrail = ModelGuardrail(
            self,
            "Guardrail",
            encryption_key=DataKey(
                self,
                "GuardrailKey",
                data_class="guardrail",
                used_through=["bedrock"],
                removal_policy=settings.removal_policy,
            ),
            guardrail_profile_id=settings.model.guardrail_profile_id,
            profile_regions=settings.model.inference_regions if settings.model.guardrail_profile_id else (),
            policy=settings.guardrail,
        )
        if settings.model.enforce_on_account:
            AccountEnforcedGuardrail(self, "AccountGuardrail", guardrail=guardrail)
        return guardrail

    def _log_invocations(self, settings: Settings, data: DataStack) -> None:
        mode = settings.model.invocation_logging
        retention, removal = settings.retention, settings.removal_policy
        if mode == "off":
            CfnOutput(self, "ModelInvocationsAreNotLogged", value=str(settings.model.not_logged_because))
        elif mode == "existing":
            ModelInvocationLoggingCheck(
                self,
                "InvocationLog",
                encryption_key=data.log_key,
                retention=retention.log_retention,
                removal_policy=removal,
            )
        else:
            key = DataKey(self, "InvocationKey", data_class="model invocations", removal_policy=removal)
            key.allow_log_groups()
            ModelInvocationLogging(
                self,
                "InvocationLog",
                encryption_key=key,
                mode=mode,
                lock=object_lock(
                    Duration.days(retention.audit_days), compliance=retention.audit_lock == "compliance"
                ),
                access_logs=data.access_logs,
                perimeter=settings.perimeter,
                retention=retention.log_retention,
                removal_policy=removal,
            )
