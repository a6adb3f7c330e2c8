"""The permission to invoke the model: approved model, guardrail version and endpoint, or nothing."""

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.checks.model_access import INVOKE_ACTIONS
from genai_defense.egress import PrivateEndpoint
from genai_defense.model.approved_model import ApprovedModel
from genai_defense.model.model_guardrail import ModelGuardrail

# Each of these answers from a model without passing this policy's conditions.
BYPASSES = (
    "bedrock:CallWithBearerToken",
    "bedrock:CreateModelInvocationJob",
    "bedrock:InvokeAgent",
    "bedrock:InvokeFlow",
    "bedrock:InvokeInlineAgent",
    "bedrock:InvokeModelWithBidirectionalStream",
    "bedrock:RetrieveAndGenerate",
    "bedrock-mantle:*",
)


class GuardedModelAccess(Construct):
    """The one role that may invoke the model, and the one endpoint through which it may.

    The same three conditions (this model, this guardrail version, this endpoint) stand twice: on the Allow,
    so that nothing else is granted, and on an explicit Deny, so that no other policy on the role can widen
    it. The endpoint's own policy repeats model, guardrail and role. `bedrock:Converse` is authorised by
    InvokeModel.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        role: Execution role of the caller.
        model: The approved model.
        guardrail: The guardrail whose version every call must carry.
        vpc: VPC of the caller, in whose isolated subnets the `bedrock-runtime` endpoint is placed.

    Attributes:
        endpoint: The endpoint. Nothing reaches it until `endpoint.allow_from` admits a security group.
        policy: The managed policy on `role`.
        role, model, guardrail: As given.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html,
        https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        role: iam.IRole,
        model: ApprovedModel,
        guardrail: ModelGuardrail,
        vpc: ec2.IVpc,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = role
        self.model = model
        self.guardrail = guardrail
        self.endpoint = PrivateEndpoint(
            self,
            "Endpoint",
            vpc=vpc,
            service=ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
            statements=self._endpoint_statements(role),
        )
        self.policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[role],
            statements=[*self._allow_statements(), *self._deny_statements()],
        )

    def _approved_arns(self) -> list[str]:
        profile = self.model.profile_arn(self)
        return [*([profile] if profile else []), *self.model.model_arns(self)]

    def _invoke_statements(
        self, *, principals: list[iam.IPrincipal] | None, conditions: dict[str, str]
    ) -> list[iam.PolicyStatement]:
        conditions = {"bedrock:GuardrailIdentifier": self.guardrail.version_arn, **conditions}
        profile = self.model.profile_arn(self)
        # The foundation models stand behind the profile: they are reachable through it only.
        behind = {"bedrock:InferenceProfileArn": profile} if profile else {}
        targets = [("Model", self.model.model_arns(self), behind)]
        if profile:
            targets.insert(0, ("Profile", [profile], {}))
        return [
            iam.PolicyStatement(
                sid=f"InvokeApproved{name}WithGuardrail",
                principals=principals,
                actions=list(INVOKE_ACTIONS),
                resources=arns,
                conditions={"StringEquals": {**conditions, **extra}},
            )
            for name, arns, extra in targets
        ]

    def _apply_statement(self, *, principals: list[iam.IPrincipal] | None = None) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid="ApplyGuardrail",
            principals=principals,
            actions=["bedrock:ApplyGuardrail"],
            resources=self.guardrail.apply_arns,
        )

    def _endpoint_statements(self, role: iam.IRole) -> list[iam.PolicyStatement]:
        principals: list[iam.IPrincipal] = [iam.ArnPrincipal(role.role_arn)]
        return [
            *self._invoke_statements(principals=principals, conditions={}),
            self._apply_statement(principals=principals),
        ]

    def _allow_statements(self) -> list[iam.PolicyStatement]:
        through_endpoint = {"aws:SourceVpce": self.endpoint.endpoint.vpc_endpoint_id}
        return [
            *self._invoke_statements(principals=None, conditions=through_endpoint),
            self._apply_statement(),
            iam.PolicyStatement(
                sid="ReadGuardrail",
                actions=["kms:Decrypt"],
                resources=[self.guardrail.encryption_key.key_arn],
                conditions={
                    "StringEquals": {"kms:ViaService": f"bedrock.{Stack.of(self).region}.amazonaws.com"}
                },
            ),
        ]

    def _deny_statements(self) -> list[iam.PolicyStatement]:
        # A negated operator is also true when the key is missing: no guardrail, no endpoint, no call.
        required = {
            "WithoutGuardrail": {"bedrock:GuardrailIdentifier": self.guardrail.version_arn},
            "OutsideEndpoint": {"aws:SourceVpce": self.endpoint.endpoint.vpc_endpoint_id},
        }
        unless = [
            iam.PolicyStatement(
                sid=f"DenyInvoke{name}",
                effect=iam.Effect.DENY,
                actions=list(INVOKE_ACTIONS),
                resources=["*"],
                conditions={"StringNotEquals": condition},
            )
            for name, condition in required.items()
        ]
        return [
            *unless,
            iam.PolicyStatement(
                sid="DenyOtherModels",
                effect=iam.Effect.DENY,
                actions=list(INVOKE_ACTIONS),
                not_resources=self._approved_arns(),
            ),
            iam.PolicyStatement(
                sid="DenyWaysAroundTheGuardrail",
                effect=iam.Effect.DENY,
                actions=list(BYPASSES),
                resources=["*"],
            ),
        ]
