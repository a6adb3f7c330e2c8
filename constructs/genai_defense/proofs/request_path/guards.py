"""Which controls stand at a place. What a rule of the pack looks at is asked of the rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from genai_defense.checks.answer import Answer, Compliant, NotApplicable, Unknown, worst
from genai_defense.checks.environments import ENVIRONMENT_TYPES, variables
from genai_defense.checks.rules.application import (
    agent_authorizer_names_its_clients,
    api_method_requires_its_parameters,
    api_method_requires_scoped_authorizer,
    api_method_validates_request_body,
    graphql_api_knows_its_callers,
    http_api_route_requires_authorizer,
)
from genai_defense.checks.rules.model import (
    agent_has_guardrail,
    flow_nodes_have_guardrails,
    guardrail_version_is_numbered,
)
from genai_defense.checks.rules.user_interface import (
    api_stage_has_web_acl,
    distribution_has_web_acl,
    http_api_stands_behind_web_acl,
    public_entry_has_web_acl,
)
from genai_defense.checks.values import Opaque, Reference, Value, dig, flag, items, references
from genai_defense.proofs.request_path.step import Control, Guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_GUARDRAIL_NAME = re.compile(r"guardrail.*version", re.IGNORECASE)
_SIGN_INS = ("authenticate-cognito", "authenticate-oidc", "jwt-validation")


def guards_of(resource: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    """The controls that everything passes which comes to a resource."""
    if find := _BY_TYPE.get(resource.type):
        yield from find(resource, graph)
    if resource.type in ENVIRONMENT_TYPES and any(
        _names_version(name, value) for _, name, value in variables(resource)
    ):
        yield Guard(Control.GUARDRAIL, "guardrail version that the function names")


def guard(control: Control, layer: str, answer: Answer) -> Iterator[Guard]:
    """A guard where a rule finds it in order, one in doubt where it cannot know, and none where it is wrong.

    Args:
        control: Which control the rule looks at.
        layer: What the guard is called.
        answer: What the rule says.
    """
    if isinstance(answer, Compliant):
        yield Guard(control, layer)
    elif isinstance(answer, Unknown):
        yield Guard(control, layer, answer.why)


def _names_version(name: str, value: Value) -> bool:
    if any(found.resource.type == "AWS::Bedrock::GuardrailVersion" for found in references(value)):
        return True
    return bool(_GUARDRAIL_NAME.search(name)) and isinstance(value, str) and value.isdecimal()


def _distribution(resource: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    answer = distribution_has_web_acl.distribution_has_web_acl.check(resource, graph)
    yield from guard(Control.WEB_ACL, "web ACL of the distribution", answer)


def _rest_api(api: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    rule = api_stage_has_web_acl.api_stage_has_web_acl
    answers = [
        rule.check(stage, graph)
        for stage in graph.of_type(*rule.resource_types)
        if any(found.resource is api for found in references(stage.get("RestApiId")))
    ]
    yield from guard(Control.WEB_ACL, "web ACL of the API", worst(answers))


def _method(method: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    scoped = api_method_requires_scoped_authorizer.api_method_requires_scoped_authorizer
    yield from guard(Control.AUTHORIZER, "authorizer of the API", scoped.check(method, graph))
    body = api_method_validates_request_body.api_method_validates_request_body.check(method, graph)
    if isinstance(body, NotApplicable):
        asked = api_method_requires_its_parameters.api_method_requires_its_parameters
        body = asked.check(method, graph)
    yield from guard(Control.SCHEMA, "schema of the API", body)


def _http_api(api: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    if api.get("ProtocolType") == "WEBSOCKET":
        opening = [
            route
            for route in graph.of_type("AWS::ApiGatewayV2::Route")
            if route.get("RouteKey") == "$connect" and Reference(api, "Ref") == route.get("ApiId")
        ]
        yield from guard(
            Control.AUTHORIZER, "authorizer of the API", worst(_route(each, graph) for each in opening)
        )
    rule = http_api_stands_behind_web_acl.http_api_stands_behind_web_acl
    yield from guard(Control.WEB_ACL, "web ACL of the distribution", rule.check(api, graph))


def _http_route(route: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    yield from guard(Control.AUTHORIZER, "authorizer of the API", _route(route, graph))
    if route.get("RequestModels") and route.get("ModelSelectionExpression"):
        yield Guard(Control.SCHEMA, "schema of the API")


def _route(route: Resource, graph: TemplateGraph) -> Answer:
    answer = http_api_route_requires_authorizer.http_api_route_requires_authorizer.check(route, graph)
    if isinstance(answer, Compliant) and route.get("AuthorizationType") == "JWT":
        scopes = route.get("AuthorizationScopes")
        if isinstance(scopes, Opaque):
            return Unknown("AuthorizationScopes", scopes.why)
        return answer if items(scopes) else NotApplicable()
    return answer


def _graphql_api(api: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    yield from _public(api, graph)
    known = graphql_api_knows_its_callers.graphql_api_knows_its_callers
    yield from guard(Control.AUTHORIZER, "authorizer of the API", known.check(api, graph))
    if any(
        found.resource is api
        for schema in graph.of_type("AWS::AppSync::GraphQLSchema")
        for found in references(schema.get("ApiId"))
    ):
        yield Guard(Control.SCHEMA, "schema of the API")


def _public(entry: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    answer = public_entry_has_web_acl.public_entry_has_web_acl.check(entry, graph)
    yield from guard(Control.WEB_ACL, "web ACL of the entry", answer)


def _listener(listener: Resource, _graph: TemplateGraph) -> Iterator[Guard]:
    actions = listener.get("DefaultActions" if listener.type.endswith("Listener") else "Actions")
    if any(dig(action, "Type") in _SIGN_INS for action in items(actions)):
        yield Guard(Control.AUTHORIZER, "sign-in at the load balancer")


def _agent_core(entry: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    rule = agent_authorizer_names_its_clients.agent_authorizer_names_its_clients
    yield from guard(Control.AUTHORIZER, "authorizer of the agent", rule.check(entry, graph))


def _agent(agent: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    has, numbered = agent_has_guardrail, guardrail_version_is_numbered
    answers = [
        has.agent_has_guardrail.check(agent, graph),
        numbered.guardrail_version_is_numbered.check(agent, graph),
    ]
    yield from guard(Control.GUARDRAIL, "guardrail of the agent", worst(answers))


def _flow(flow: Resource, graph: TemplateGraph) -> Iterator[Guard]:
    answer = flow_nodes_have_guardrails.flow_nodes_have_guardrails.check(flow, graph)
    yield from guard(Control.GUARDRAIL, "guardrail of the flow's nodes", answer)


def _identity_pool(attachment: Resource, _graph: TemplateGraph) -> Iterator[Guard]:
    for found in references(attachment.get("IdentityPoolId")):
        guests = flag(found.resource.get("AllowUnauthenticatedIdentities"), default=True)
        if guests is False:
            yield Guard(Control.AUTHORIZER, "sign-in at the identity pool")


_BY_TYPE: dict[str, Callable[[Resource, TemplateGraph], Iterator[Guard]]] = {
    "AWS::ApiGateway::Method": _method,
    "AWS::ApiGateway::RestApi": _rest_api,
    "AWS::ApiGatewayV2::Api": _http_api,
    "AWS::ApiGatewayV2::Route": _http_route,
    "AWS::AppRunner::Service": _public,
    "AWS::AppSync::GraphQLApi": _graphql_api,
    "AWS::Bedrock::Agent": _agent,
    "AWS::Bedrock::Flow": _flow,
    "AWS::BedrockAgentCore::Gateway": _agent_core,
    "AWS::BedrockAgentCore::Runtime": _agent_core,
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::Cognito::IdentityPoolRoleAttachment": _identity_pool,
    "AWS::ElasticLoadBalancingV2::Listener": _listener,
    "AWS::ElasticLoadBalancingV2::ListenerRule": _listener,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _public,
}
