"""The permission to invoke the model: approved model, guardrail version and endpoint, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.checks.bypasses import API_KEY_ACTIONS, GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND
from genai_defense.checks.model_access import INVOKE_ACTIONS
from genai_defense.egress import PrivateEndpoint
from genai_defense.model.approved_model import ApprovedModel
from genai_defense.model.cost_profile import CostProfile
from genai_defense.model.model_guardrail import ModelGuardrail


@dataclass(frozen=True, kw_only=True)
class _Route:
    """A model that may be called, and what it is called by.

    Attributes:
        name: Word in the statements' ids.
        invocation_id: What the caller passes as `modelId`.
        profiles: ARNs of the profiles in front of the model; none for a direct call.
        models: ARNs of the model.
    """

    name: str
    invocation_id: str
    profiles: list[str]
    models: list[str]


class GuardedModelAccess(Construct):
    """The one role that may invoke the model, and the one endpoint through which it may.

    The same three conditions (this model, this guardrail version, this endpoint) stand twice: on the Allow,
    so that nothing else is granted, and on an explicit Deny, so that no other policy on the role can widen
    it. The endpoint's own policy repeats model, guardrail and role. `bedrock:Converse` is authorised by
    InvokeModel. A fallback of the model stands under the same conditions.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        role: Execution role of the caller.
        model: The approved model, with its fallback.
        guardrail: The guardrail whose version every call must carry.
        vpc: VPC of the caller, in whose isolated subnets the `bedrock-runtime` endpoint is placed.
        cost_tags: Tags that tell these calls apart on the bill; they make an application inference profile
            for each model. Default: none, and the model's own profile is called.

    Attributes:
        invocation_id: What the caller passes as `modelId`.
        fallback_invocation_id: The same for the fallback; None without one.
        endpoint: The endpoint. Nothing reaches it until `endpoint.allow_from` admits a security group.
        policy: The managed policy on `role` that allows, under its conditions.
        denials: The managed policy on `role` that denies the ways around.
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
        cost_tags: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = role
        self.model = model
        self.guardrail = guardrail
        self._routes = [
            self._route(name, each, cost_tags or {})
            for name, each in zip(("Approved", "Fallback"), model.routes, strict=False)
        ]
        self.invocation_id = self._routes[0].invocation_id
        self.fallback_invocation_id = self._routes[1].invocation_id if model.fallback else None
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
        # A policy of its own: IAM takes 6,144 characters in one.
        self.denials = iam.ManagedPolicy(self, "Denials", roles=[role], statements=_bypass_statements())

    def _route(self, name: str, model: ApprovedModel, cost_tags: Mapping[str, str]) -> _Route:
        own = model.profile_arn(self)
        profiles = [own] if own else []
        invocation_id = model.invocation_id
        if cost_tags:
            tagged = CostProfile(self, f"{name}CostProfile", model=model, cost_tags=cost_tags)
            invocation_id = tagged.arn
            # Bedrock may ask for the copied profile as well: the same model, the same conditions.
            profiles.insert(0, tagged.arn)
        return _Route(
            name=name, invocation_id=invocation_id, profiles=profiles, models=model.model_arns(self)
        )

    def _invoke_statements(
        self, *, principals: list[iam.IPrincipal] | None, conditions: dict[str, str]
    ) -> list[iam.PolicyStatement]:
        guarded = {"bedrock:GuardrailIdentifier": self.guardrail.version_arn, **conditions}
        targets: list[tuple[str, list[str], dict[str, list[str]]]] = []
        for route in self._routes:
            if route.profiles:
                targets.append((f"{route.name}Profile", route.profiles, {}))
            # The foundation models stand behind the profile: they are reachable through it only.
            behind = {"bedrock:InferenceProfileArn": route.profiles} if route.profiles else {}
            targets.append((f"{route.name}Model", route.models, behind))
        return [
            iam.PolicyStatement(
                sid=f"Invoke{name}WithGuardrail",
                principals=principals,
                actions=list(INVOKE_ACTIONS),
                resources=arns,
                conditions={"StringEquals": {**guarded, **behind}},
            )
            for name, arns, behind in targets
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
                not_resources=[arn for route in self._routes for arn in (*route.profiles, *route.models)],
            ),
        ]


def _bypass_statements() -> list[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="DenyWaysAroundTheGuardrail",
            effect=iam.Effect.DENY,
            actions=[*WAYS_AROUND, *API_KEY_ACTIONS],
            resources=["*"],
        ),
        iam.PolicyStatement(
            sid="DenyChangesOfTheGuardrail",
            effect=iam.Effect.DENY,
            actions=[*GUARDRAIL_CHANGES, *LOGGING_CHANGES],
            resources=["*"],
        ),
    ]
