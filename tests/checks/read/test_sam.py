"""A SAM template is expanded, and each generated resource is traced to what its author wrote."""

from typing import Any

import pytest

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.sam import expand, is_sam

_TRANSFORM = "AWS::Serverless-2016-10-31"


def _sam(**resources: Any) -> dict[str, Any]:
    return {"Transform": _TRANSFORM, "Resources": resources}


def _of(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::Serverless::{kind}", "Properties": properties}


def _function(**properties: Any) -> dict[str, Any]:
    known = {"Runtime": "python3.13", "Handler": "app.handler", "CodeUri": "src/"}
    return _of("Function", **known | properties)


@pytest.mark.parametrize(
    ("transform", "known"),
    [(_TRANSFORM, True), (["Other", _TRANSFORM], True), ("Other", False), (None, False), ({}, False)],
)
def test_the_transform_tells(transform: Any, known: bool) -> None:  # noqa: FBT001 - a case
    assert is_sam({"Transform": transform}) is known


def test_generated_resources_know_their_author() -> None:
    events = {"Ask": {"Type": "Api", "Properties": {"Path": "/chat", "Method": "post"}}}
    queue = {"Type": "AWS::SQS::Queue"}
    body, sources = expand(_sam(Chat=_function(Events=events), Waiting=queue), "t")
    types = {resource["Type"] for resource in body["Resources"].values()}
    assert {"AWS::Lambda::Function", "AWS::IAM::Role", "AWS::ApiGateway::Stage", "AWS::SQS::Queue"} <= types
    assert {sources.get(name) for name in body["Resources"] if name != "Waiting"} == {"Chat"}
    assert "Waiting" not in sources
    assert all("genai-defense:source" not in str(resource) for resource in body["Resources"].values())


def test_the_longest_id_wins() -> None:
    api = {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "live"}}
    _, sources = expand(_sam(Chat=_function(), ChatApi=api), "t")
    assert sources["ChatApiliveStage"] == "ChatApi"
    assert sources["ChatRole"] == "Chat"


def test_the_authors_template_stays_as_it_is() -> None:
    body = _sam(Chat=_function())
    before = repr(body)
    expand(body, "t")
    assert repr(body) == before


@pytest.mark.parametrize(
    "local",
    [
        {"Chat": _function(CodeUri="./src")},
        {"Chat": _of("Function", Runtime="python3.13", Handler="app.handler")},
        {"Chat": _of("Function", PackageType="Image")},
        {"Layer": _of("LayerVersion", ContentUri="layer/")},
        {"Api": _of("Api", StageName="live", DefinitionUri="openapi.yaml")},
    ],
)
def test_local_files_need_no_packaging(local: dict[str, Any]) -> None:
    body, _ = expand(_sam(**local), "t")
    assert body["Resources"]


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        ({"Chat": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": 7}}}, "t: SAM "),
        ({"Chat": _function(Events=[1])}, "t: SAM "),
        ({"Chat": _function(Policies={"Statement": [3]}, Events={"A": {"Type": 3}})}, "t: SAM "),
    ],
)
def test_what_sam_refuses_is_one_line(resources: dict[str, Any], message: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        expand(_sam(**resources), "t")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_the_implicit_api_belongs_to_who_names_no_other() -> None:
    """Also when an earlier function has an event of the same kind on an API that somebody wrote."""
    events = {"Named": {"RestApiId": {"Ref": "Api"}}, "Implicit": {}}
    functions = {
        name: {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "InlineCode": "x",
                "Handler": "index.handler",
                "Runtime": "python3.13",
                "Events": {"Ask": {"Type": "Api", "Properties": {"Path": "/ask", "Method": "post", **more}}},
            },
        }
        for name, more in events.items()
    }
    api = {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "prod"}}
    body = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Api": api, **functions}}
    _, sources = expand(body, "template.yaml")
    assert {sources[name] for name in sources if name.startswith("ServerlessRestApi")} == {"Implicit"}
    assert sources["ApiprodStage"] == "Api"
