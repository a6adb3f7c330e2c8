from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.read.deployment import read_deployments
from genai_defense.proofs.proof import Verdict
from genai_defense.proofs.request_path import prove
from tests.proofs.kit import Body, Kit, template_proofs

_FOREIGN = Path(__file__).parents[2] / "checks" / "foreign"
_ACL = "request-path-passes-web-acl"
_AUTHORIZER = "request-path-passes-authorizer"
_SCHEMA = "request-path-passes-schema"
_GUARDRAIL = "request-path-passes-guardrail"
_METHOD = "AWS::ApiGateway::Method"
_CHAT = "ApiapichatPOST"
_STREAM = "ApiapichatstreamPOST"


def test_the_kit_holds(each_kit: Kit) -> None:
    proofs = each_kit.proofs(prove)
    assert [proof.verdict for proof in proofs.values()] == [Verdict.HOLDS] * 4
    assert all(
        "Distribution" in proof.witness and "ChatPrivate" in proof.witness for proof in proofs.values()
    )


def test_the_guardrail_stands_in_three_layers_of_which_any_one_may_go(each_kit: Kit) -> None:
    without = each_kit.proofs(prove)[_GUARDRAIL].without
    assert len(without) >= 3
    assert set(without.values()) == {Verdict.HOLDS}


def test_the_api_has_a_web_acl_of_its_own_behind_the_distributions(kit: Kit) -> None:
    without = kit.proofs(prove)[_ACL].without
    assert without == {
        "web ACL of the API": Verdict.FAILS,
        "web ACL of the distribution": Verdict.HOLDS,
    }


def _set(kind: str, part: str, name: str, value: Any) -> Callable[[Kit], None]:
    def bend(kit: Kit) -> None:
        kit.one(kind, part)[name] = value

    return bend


def _pop(kind: str, part: str, name: str) -> Callable[[Kit], None]:
    def bend(kit: Kit) -> None:
        del kit.one(kind, part)[name]

    return bend


def _drop(kind: str, part: str = "") -> Callable[[Kit], None]:
    def bend(kit: Kit) -> None:
        kit.drop(kind, part)

    return bend


def _function_url(kit: Kit) -> None:
    (chat,) = (name for name, _ in kit.of_type("AWS::Lambda::Function") if name.startswith("ChatPrivate"))
    properties = {"AuthType": "NONE", "TargetFunctionArn": {"Fn::GetAtt": [chat, "Arn"]}}
    kit.add("Model", "Shortcut", "AWS::Lambda::Url", properties)


def _second_api(kit: Kit) -> None:
    (chat,) = (name for name, _ in kit.of_type("AWS::Lambda::Function") if name.startswith("ChatPrivate"))
    uri = {"Fn::GetAtt": [chat, "Arn"]}
    kit.add("Model", "Side", "AWS::ApiGatewayV2::Api", {"ProtocolType": "HTTP", "Target": uri})


def _queue_to_chat(kit: Kit) -> None:
    """A function with a public address writes to a queue, and the queue is read by the chat function."""
    (chat,) = (name for name, _ in kit.of_type("AWS::Lambda::Function") if name.startswith("ChatPrivate"))
    kit.add("Model", "Inbox", "AWS::SQS::Queue", {})
    kit.add(
        "Model",
        "Feed",
        "AWS::Lambda::EventSourceMapping",
        {"EventSourceArn": {"Fn::GetAtt": ["Inbox", "Arn"]}, "FunctionName": {"Ref": chat}},
    )
    kit.add("Model", "SideRole", "AWS::IAM::Role", {"Policies": [_policy({"Fn::GetAtt": ["Inbox", "Arn"]})]})
    kit.add("Model", "SideFunction", "AWS::Lambda::Function", {"Role": {"Fn::GetAtt": ["SideRole", "Arn"]}})
    properties = {"AuthType": "NONE", "TargetFunctionArn": {"Ref": "SideFunction"}}
    kit.add("Model", "SideUrl", "AWS::Lambda::Url", properties)


def _policy(queue: Any) -> Body:
    statement = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": queue}
    return {"PolicyName": "send", "PolicyDocument": {"Statement": [statement]}}


def _health_asks_the_model(kit: Kit) -> None:
    uri = kit.one(_METHOD, _CHAT)["Integration"]
    kit.one(_METHOD, "ApiapihealthGET")["Integration"] = uri


def _no_guardrail_at_all(kit: Kit) -> None:
    """The function names none, the role's Allow demands none, and nothing refuses."""
    for name, body in kit.of_type("AWS::IAM::ManagedPolicy"):
        document = body["Properties"]["PolicyDocument"]
        allowed = [each for each in document["Statement"] if each["Effect"] == "Allow"]
        if name.startswith(("AccessPolicy", "CallerModel", "Access")):
            document["Statement"] = allowed
        for statement in allowed:
            for tests in statement.get("Condition", {}).values():
                tests.pop("bedrock:GuardrailIdentifier", None)
    for _, body in kit.of_type("AWS::Lambda::Function"):
        variables = body["Properties"].get("Environment", {}).get("Variables", {})
        variables.pop("GUARDRAIL_VERSION", None)


@pytest.mark.parametrize(
    ("bend", "claim", "names"),
    [
        (_drop("AWS::WAFv2::WebACLAssociation"), _ACL, "ApiCD79AAA0 ->"),
        (_set(_METHOD, _CHAT, "AuthorizationType", "NONE"), _AUTHORIZER, _CHAT),
        (_pop(_METHOD, _CHAT, "AuthorizationScopes"), _AUTHORIZER, _CHAT),
        (_set(_METHOD, _STREAM, "AuthorizationScopes", []), _AUTHORIZER, _STREAM),
        (_pop(_METHOD, _CHAT, "AuthorizerId"), _AUTHORIZER, _CHAT),
        (_pop(_METHOD, _STREAM, "RequestModels"), _SCHEMA, _STREAM),
        (_pop(_METHOD, _CHAT, "RequestValidatorId"), _SCHEMA, _CHAT),
        (_set("AWS::ApiGateway::RequestValidator", "", "ValidateRequestBody", False), _SCHEMA, _CHAT),
        (_function_url, _ACL, "Shortcut ->"),
        (_function_url, _AUTHORIZER, "Shortcut ->"),
        (_function_url, _SCHEMA, "Shortcut ->"),
        (_second_api, _AUTHORIZER, "Side ->"),
        (_queue_to_chat, _AUTHORIZER, "SideUrl -> SideFunction -> Inbox -> Feed -> ChatPrivate"),
        (_health_asks_the_model, _AUTHORIZER, "ApiapihealthGET"),
        (_no_guardrail_at_all, _GUARDRAIL, "ChatPrivate"),
    ],
)
def test_what_is_taken_away_is_found_and_named(
    kit: Kit, bend: Callable[[Kit], None], claim: str, names: str
) -> None:
    bend(kit)
    proof = kit.proofs(prove)[claim]
    assert proof.verdict is Verdict.FAILS
    assert any(names in each and each.split(": ")[0].endswith("a model") for each in proof.counterexamples)


def test_each_operation_that_lacks_a_control_is_named(kit: Kit) -> None:
    for part in (_CHAT, _STREAM):
        kit.one(_METHOD, part)["AuthorizationType"] = "NONE"
    shown = kit.proofs(prove)[_AUTHORIZER].counterexamples
    assert {part for part in (_CHAT, _STREAM) if any(part in each for each in shown)} == {_CHAT, _STREAM}


def test_an_unlocked_operation_that_reaches_no_model_breaks_nothing(kit: Kit) -> None:
    assert kit.one(_METHOD, "ApiapihealthGET")["AuthorizationType"] == "NONE"
    assert kit.proofs(prove)[_AUTHORIZER].verdict is Verdict.HOLDS


def test_the_distributions_web_acl_does_not_cover_the_api_itself(kit: Kit) -> None:
    del kit.one("AWS::CloudFront::Distribution")["DistributionConfig"]["WebACLId"]
    assert kit.proofs(prove)[_ACL].verdict is Verdict.HOLDS
    kit.drop("AWS::WAFv2::WebACLAssociation")
    shown = kit.proofs(prove)[_ACL].counterexamples
    assert [each.split(" ->")[0][:12] for each in shown] == ["Distribution", "ApiCD79AAA0"]


_CALLER: Body = {
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "Policies": [
                {
                    "PolicyDocument": {
                        "Statement": [
                            {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"},
                        ]
                    }
                }
            ]
        },
    },
    "Function": {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}}},
}
_URL: Body = {"TargetFunctionArn": {"Fn::GetAtt": ["Function", "Arn"]}}


def _with(kind: str, properties: Body, **others: Body) -> Body:
    return {"Resources": {**_CALLER, "Entry": {"Type": kind, "Properties": properties}, **others}}


def test_a_role_from_elsewhere_is_unknown_and_fails() -> None:
    body = _with("AWS::Lambda::Url", {**_URL, "AuthType": "NONE"})
    body["Parameters"] = {"Given": {"Type": "String"}}
    body["Resources"]["Function"] = {
        "Type": "AWS::Lambda::Function",
        "Properties": {"Role": {"Ref": "Given"}},
    }
    proof = template_proofs(prove, body)[_GUARDRAIL]
    assert proof.verdict is Verdict.UNKNOWN
    assert proof.fails
    assert "its role is in no template" in proof.counterexamples[0]


def test_what_is_not_known_is_not_taken_for_a_control() -> None:
    body = _with("AWS::Lambda::Url", {**_URL, "AuthType": {"Ref": "Given"}})
    body["Parameters"] = {"Given": {"Type": "String"}}
    assert template_proofs(prove, body)[_AUTHORIZER].fails


@pytest.mark.parametrize(
    ("kind", "properties", "others"),
    [
        ("AWS::Lambda::Url", {**_URL, "AuthType": "NONE"}, {}),
        (
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            {"Scheme": "internet-facing"},
            {
                "Listener": {
                    "Type": "AWS::ElasticLoadBalancingV2::Listener",
                    "Properties": {
                        "LoadBalancerArn": {"Ref": "Entry"},
                        "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Group"}}],
                    },
                },
                "Group": {
                    "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
                    "Properties": {"Targets": [{"Id": {"Fn::GetAtt": ["Function", "Arn"]}}]},
                },
            },
        ),
        (
            "AWS::AppSync::GraphQLApi",
            {"AuthenticationType": "API_KEY"},
            {
                "Source": {
                    "Type": "AWS::AppSync::DataSource",
                    "Properties": {
                        "ApiId": {"Fn::GetAtt": ["Entry", "ApiId"]},
                        "LambdaConfig": {"LambdaFunctionArn": {"Fn::GetAtt": ["Function", "Arn"]}},
                    },
                }
            },
        ),
        (
            "AWS::ApiGatewayV2::Api",
            {"ProtocolType": "WEBSOCKET"},
            {
                "Route": {
                    "Type": "AWS::ApiGatewayV2::Route",
                    "Properties": {
                        "ApiId": {"Ref": "Entry"},
                        "RouteKey": "$default",
                        "Target": {"Fn::Sub": "integrations/${Answer}"},
                    },
                },
                "Answer": {
                    "Type": "AWS::ApiGatewayV2::Integration",
                    "Properties": {
                        "IntegrationUri": {"Fn::Sub": "arn:aws:apigateway:x/${Function.Arn}/invocations"}
                    },
                },
            },
        ),
        (
            "AWS::BedrockAgentCore::Runtime",
            {
                "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                "AuthorizerConfiguration": {"CustomJWTAuthorizer": {"DiscoveryUrl": "https://id.example"}},
            },
            {},
        ),
        (
            "AWS::BedrockAgentCore::Gateway",
            {"AuthorizerType": "NONE", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}},
            {},
        ),
        (
            "AWS::Cognito::IdentityPoolRoleAttachment",
            {"Roles": {"unauthenticated": {"Fn::GetAtt": ["Role", "Arn"]}}},
            {},
        ),
    ],
)
def test_every_kind_of_public_entry_is_followed(kind: str, properties: Body, others: Body) -> None:
    proofs = template_proofs(prove, _with(kind, properties, **others))
    assert {proof.verdict for proof in proofs.values()} <= {Verdict.FAILS, Verdict.HOLDS}
    for claim in (_ACL, _AUTHORIZER, _GUARDRAIL):
        assert proofs[claim].counterexamples[0].startswith("Entry -> ")


def test_a_function_url_behind_iam_is_no_public_entry() -> None:
    proofs = template_proofs(prove, _with("AWS::Lambda::Url", {**_URL, "AuthType": "AWS_IAM"}))
    assert {proof.verdict for proof in proofs.values()} == {Verdict.NOT_APPLICABLE}
    assert "Entry: IAM decides about every call" in proofs[_ACL].witness


@pytest.mark.parametrize("mapped", [False, True])
def test_an_api_whose_own_address_is_closed_is_public_by_its_name(*, mapped: bool) -> None:
    api = {"ProtocolType": "HTTP", "DisableExecuteApiEndpoint": True, "Target": _URL["TargetFunctionArn"]}
    mapping = {"Type": "AWS::ApiGatewayV2::ApiMapping", "Properties": {"ApiId": {"Ref": "Entry"}}}
    others = {"Mapping": mapping} if mapped else {}
    verdict = template_proofs(prove, _with("AWS::ApiGatewayV2::Api", api, **others))[_AUTHORIZER].verdict
    assert verdict is (Verdict.FAILS if mapped else Verdict.NOT_APPLICABLE)


def test_a_distribution_in_front_of_a_function_url_is_followed() -> None:
    """The name is cut out of the address, which nobody can do before the deployment."""
    cut = {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": ["Url", "FunctionUrl"]}]}]}
    url = {"Type": "AWS::Lambda::Url", "Properties": {**_URL, "AuthType": "AWS_IAM"}}
    config = {"DistributionConfig": {"Enabled": True, "Origins": [{"Id": "chat", "DomainName": cut}]}}
    proof = template_proofs(prove, _with("AWS::CloudFront::Distribution", config, Url=url))[_GUARDRAIL]
    assert proof.counterexamples[0].startswith("Entry -> Url -> Function -> Role ")


def _service(uri: str, **integration: Any) -> Body:
    return {
        "Method": {
            "Type": "AWS::ApiGateway::Method",
            "Properties": {
                "RestApiId": {"Ref": "Entry"},
                "HttpMethod": "POST",
                "AuthorizationType": "NONE",
                "Integration": {"Type": "AWS", "Uri": uri, **integration},
            },
        }
    }


def test_an_api_that_asks_the_model_itself_is_followed() -> None:
    others = _service(
        "arn:aws:apigateway:x:bedrock-runtime:path/model", Credentials={"Fn::Sub": "${Role.Arn}"}
    )
    proof = template_proofs(prove, _with("AWS::ApiGateway::RestApi", {}, **others))[_AUTHORIZER]
    assert proof.counterexamples[0].startswith("Entry -> Method -> Role ")


def test_an_api_that_starts_a_state_machine_is_followed() -> None:
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {"RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "DefinitionString": "{}"},
    }
    template = {"application/json": {"Fn::Sub": '{"stateMachineArn": "${Machine}"}'}}
    others = _service("arn:aws:apigateway:x:states:action/StartExecution", RequestTemplates=template)
    body = _with("AWS::ApiGateway::RestApi", {}, Machine=machine, **others)
    proof = template_proofs(prove, body)[_AUTHORIZER]
    assert proof.counterexamples[0].startswith("Entry -> Method -> Machine -> Role ")


@pytest.mark.parametrize("pattern", ["*", "arn:aws:bedrock:*:*:agent-alias/*"])
def test_an_agent_without_a_guardrail_is_found_behind_a_function(pattern: str) -> None:
    statement = {"Effect": "Allow", "Action": "bedrock:InvokeAgent", "Resource": pattern}
    body = _with("AWS::Lambda::Url", {**_URL, "AuthType": "NONE"}, Agent={"Type": "AWS::Bedrock::Agent"})
    body["Resources"]["Role"] = {
        "Type": "AWS::IAM::Role",
        "Properties": {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]},
    }
    proof = template_proofs(prove, body)[_GUARDRAIL]
    assert proof.counterexamples[0].startswith("Entry -> Function -> Agent -> a model")


def test_a_deployment_without_any_entry_has_nothing_to_prove() -> None:
    proofs = template_proofs(prove, {"Resources": _CALLER})
    assert {proof.verdict for proof in proofs.values()} == {Verdict.NOT_APPLICABLE}
    assert not any(proof.fails for proof in proofs.values())


@pytest.mark.parametrize(
    ("file", "claims"),
    [
        ("sam_chat.yaml", {_ACL: "ChatFunction", _AUTHORIZER: "POST /chat", _GUARDRAIL: "ChatFunctionRole"}),
        ("assistant.template.json", {_ACL: "OpenApi0D1E2F3A", _AUTHORIZER: "AskUrl9D0E1F2A"}),
    ],
)
def test_foreign_templates_are_understood(file: str, claims: dict[str, str]) -> None:
    (deployment,) = read_deployments(_FOREIGN / file)
    proofs = {proof.id: proof for proof in prove(deployment)}
    for claim, name in claims.items():
        assert proofs[claim].verdict is Verdict.FAILS
        assert any(name in each for each in proofs[claim].counterexamples)
