"""The layers that decide on a call: what each allows or denies, and what is left when one is taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from genai_defense.checks.endpoint_policies import service_of
from genai_defense.checks.organization_policies import SERVICE_CONTROL, policy_content
from genai_defense.checks.policy import statements
from genai_defense.checks.resource_policies import resource_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved
from genai_defense.proofs.iam.clause import Clause, denied, granted
from genai_defense.proofs.iam.formula import NO, OPEN, YES, Span, every, none, some, sure
from genai_defense.proofs.iam.pattern import STAR, Kind, Predicate, resource_predicate
from genai_defense.proofs.iam.principals import Principal, clauses, principals
from genai_defense.proofs.iam.request import Request
from genai_defense.proofs.iam.texts import Texts

RESOURCE_CONTROL = "RESOURCE_CONTROL_POLICY"
ENDPOINT_KEY = "aws:sourcevpce"
# The endpoint through which an action's service is called, where it is not named like the actions.
_SERVICES = {
    "bedrock:invokemodel": "bedrock-runtime",
    "bedrock:invokemodelwithresponsestream": "bedrock-runtime",
}
# The policies of which it is known what they stand on, so that `Resource: "*"` in them means that.
_SCOPED = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::BucketPolicy")


class Layer(StrEnum):
    """Something that decides on a call, and can be taken away."""

    ALLOW = "identity Allow"
    DENY = "identity Deny"
    BOUNDARY = "permissions boundary"
    ENDPOINT = "endpoint policy"
    RESOURCE = "resource policy"
    SERVICE_CONTROL = "service control policy"
    RESOURCE_CONTROL = "resource control policy"
    ENFORCED = "enforced guardrail"


# In the order of how fast each is asked.
_RESTRICTING = (
    Layer.BOUNDARY,
    Layer.DENY,
    Layer.SERVICE_CONTROL,
    Layer.RESOURCE_CONTROL,
    Layer.RESOURCE,
    Layer.ENDPOINT,
)


@dataclass(frozen=True, eq=False)
class Endpoint:
    """An endpoint of a VPC.

    Attributes:
        resource: The endpoint.
        service: What it leads to.
        id: What stands for its id.
        policy: The statements of its policy; None where it lets everything through.
    """

    resource: Resource
    service: str
    id: Predicate
    policy: tuple[Clause, ...] | None


class Account:
    """Everything in the templates of one deployment that decides on calls.

    Args:
        graph: The templates.
    """

    def __init__(self, graph: TemplateGraph) -> None:
        self.graph = graph
        self.texts = Texts()
        self._requests: dict[tuple[Principal, str], Request] = {}
        self._decisions: dict[tuple[Layer | None, Principal, str], Span] = {}
        self._asked: dict[tuple[int, str], list[Clause]] = {}

    @cached_property
    def principals(self) -> tuple[Principal, ...]:
        """Everybody whom the templates make."""
        return tuple(principals(self.graph, self.texts))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that the templates have."""
        present = {
            Layer.ALLOW: True,
            Layer.DENY: any(one.denies != NO for each in self.principals for one in each.identity),
            Layer.BOUNDARY: any(each.boundary is not None for each in self.principals),
            Layer.ENDPOINT: any(each.policy is not None for each in self.endpoints),
            Layer.RESOURCE: bool(self.resource_clauses),
            Layer.SERVICE_CONTROL: bool(self.service_control),
            Layer.RESOURCE_CONTROL: bool(self._resource_control),
            Layer.ENFORCED: self.enforced != NO,
        }
        return tuple(layer for layer, there in present.items() if there)

    def request(self, principal: Principal, action: str) -> Request:
        """A call of which everything is open but what the templates tell of the caller."""
        key = principal, action
        if key not in self._requests:
            known = {"aws:principalaccount": self.texts.account, "aws:principalisawsservice": "false"}
            if principal.arn is not None:
                known["aws:principalarn"] = principal.arn
            self._requests[key] = Request(action, known)
        return self._requests[key]

    def allowed(self, principal: Principal, request: Request, without: Layer | None = None) -> Span:
        """When a call is allowed.

        Args:
            principal: Who calls.
            request: What he asks for.
            without: A layer that is taken away; what it would restrict is not restricted.
        """
        own = YES if without is Layer.ALLOW else self.decision(Layer.ALLOW, principal, request)
        allowed = some([own, self.decision(None, principal, request)])
        for layer in _RESTRICTING:
            if layer is not without and allowed != NO:
                allowed = every([allowed, self.decision(layer, principal, request)])
        return allowed

    def grants(self, principal: Principal, request: Request) -> bool:
        """Whether a policy of a principal gives him a call, whatever other layers say."""
        return self.decision(Layer.ALLOW, principal, request) != NO

    def decision(self, layer: Layer | None, principal: Principal, request: Request) -> Span:
        """When one layer lets a call through; without a layer, when a resource grants it to the caller."""
        key = layer, principal, request.action
        if key not in self._decisions:
            self._decisions[key] = self._decide(layer, principal, request)
        return self._decisions[key]

    def _decide(self, layer: Layer | None, principal: Principal, request: Request) -> Span:
        match layer:
            case Layer.ALLOW:
                decision = granted(principal.identity, request)
            case Layer.DENY:
                decision = none(denied(principal.identity, request))
            case Layer.BOUNDARY:
                decision = _within(principal, request)
            case Layer.SERVICE_CONTROL:
                decision = none(denied(self.service_control, request))
            case Layer.RESOURCE_CONTROL:
                decision = none(self._denied_by(self._resource_control, principal, request))
            case Layer.RESOURCE:
                decision = none(self._denied_by(self.resource_clauses, principal, request))
            case Layer.ENDPOINT:
                decision = self._let_through(principal, request)
            case _:
                decision = self._granted_by_resource(principal.arn, request)
        return decision

    @cached_property
    def enforced(self) -> Span:
        """Whether the account puts a numbered guardrail on every call of a model."""
        found = self.graph.of_type("AWS::Bedrock::EnforcedGuardrailConfiguration")
        return some(_enforces(one) for one in found)

    @cached_property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """The endpoints that lead to services of AWS."""
        return tuple(self._endpoints())

    def _endpoints(self) -> Iterator[Endpoint]:
        for resource in self.graph.of_type("AWS::EC2::VPCEndpoint"):
            service = service_of(resource)
            name = self.texts.pattern(Reference(resource, "Id"), resource.template, wildcards=False)
            if service is None or name is None:
                continue
            document = resource.get("PolicyDocument")
            policy = (
                None if document is None else tuple(clauses(resource, document, "PolicyDocument", self.texts))
            )
            yield Endpoint(resource, service, Predicate(Kind.EXACT, name), policy)

    def leads_to(self, action: str) -> tuple[Endpoint, ...]:
        """The endpoints through which an action can be asked for."""
        service = _SERVICES.get(action.lower(), action.partition(":")[0])
        return tuple(one for one in self.endpoints if one.service == service)

    def _let_through(self, principal: Principal, request: Request) -> Span:
        """Whoever comes through an endpoint passes its policy; whoever does not is not asked."""
        decisions: list[Span] = []
        for endpoint in self.leads_to(request.action):
            if endpoint.policy is None:
                continue
            named = [(one, _for(one, principal, YES)) for one in endpoint.policy]
            lets = some(every([one.allows, whom, one.is_met(request)]) for one, whom in named)
            stops = some(every([one.denies, whom, one.is_met(request)]) for one, whom in named)
            through = sure(request.matches(ENDPOINT_KEY, endpoint.id))
            decisions.append(some([none(through), every([lets, none(stops)])]))
        return every(decisions)

    @cached_property
    def service_control(self) -> tuple[Clause, ...]:
        """What the organization denies in this account."""
        return tuple(self._of_organization(SERVICE_CONTROL))

    @cached_property
    def _resource_control(self) -> tuple[Clause, ...]:
        return tuple(self._of_organization(RESOURCE_CONTROL))

    def _of_organization(self, kind: str) -> Iterator[Clause]:
        for policy in self.graph.of_type("AWS::Organizations::Policy"):
            if policy.get("Type") == kind:
                for one in clauses(policy, policy_content(policy), "Content", self.texts):
                    # What such a policy allows is a limit only together with what is not in the templates.
                    if one.denies != NO:
                        yield one

    @cached_property
    def resource_clauses(self) -> tuple[Clause, ...]:
        """The statements that stand on buckets, keys and tables."""
        found: list[Clause] = []
        for policy in self.graph.of_type(*_SCOPED):
            if policy.type == "AWS::KMS::Key":
                listed = statements(policy.get("KeyPolicy"), "KeyPolicy")
            else:
                listed = resource_statements(policy)
            scope = self._scope(policy)
            for one in listed:
                where = f"{policy.logical_id} {one.path}"
                found.append(Clause(where, one, policy.template, self.texts, scope))
        return tuple(found)

    def _scope(self, policy: Resource) -> tuple[Predicate, ...]:
        if policy.type == "AWS::S3::BucketPolicy":
            bucket = self.texts.pattern(policy.get("Bucket"), policy.template, wildcards=False)
            if bucket is None:
                return ()
            return tuple(
                resource_predicate(text)
                for text in (f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/{STAR}")
            )
        arn = self.texts.arn(policy)
        return tuple(resource_predicate(text) for text in (arn, f"{arn}/{STAR}"))

    def _granted_by_resource(self, arn: str | None, request: Request) -> Span:
        """What names the account leaves the decision to the account's own policies."""
        if arn is None:
            return NO
        return some(
            every([one.allows, one.is_for(arn, NO), one.is_met(request)])
            for one in self._about(self.resource_clauses, request.action)
            if one.allows != NO
        )

    def _denied_by(self, listed: tuple[Clause, ...], principal: Principal, request: Request) -> Span:
        return some(
            every([one.denies, _for(one, principal, OPEN), one.is_met(request)])
            for one in self._about(listed, request.action)
            if one.denies != NO
        )

    def _about(self, listed: tuple[Clause, ...], action: str) -> list[Clause]:
        key = id(listed), action
        if key not in self._asked:
            self._asked[key] = [one for one in listed if one.covers(action) != NO]
        return self._asked[key]


def _for(clause: Clause, principal: Principal, account: Span) -> Span:
    if principal.arn is not None:
        return clause.is_for(principal.arn, account)
    everybody = clause.is_for("", account)
    return everybody if everybody == YES else OPEN


def _within(principal: Principal, request: Request) -> Span:
    if principal.boundary is None:
        return YES
    return every([granted(principal.boundary, request), none(denied(principal.boundary, request))])


def _enforces(configuration: Resource) -> Span:
    version = configuration.get("GuardrailVersion")
    if configuration.get("ModelEnforcement") is not None or isinstance(version, Unresolved):
        return OPEN
    if isinstance(version, Reference):
        return sure(version.resource.type == "AWS::Bedrock::GuardrailVersion")
    return sure(str(version).isdecimal() and str(version) != "0")
