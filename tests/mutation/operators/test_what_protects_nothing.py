"""Operators take out what protects something, and leave alone what does not."""

from typing import Any

import pytest

from genai_defense.mutation.operator import Site
from genai_defense.mutation.operators import load_operators

OPERATORS = {operator.id: operator for operator in load_operators()}
VALIDATED: dict[str, Any] = {"RequestValidatorId": {"Ref": "Validator"}}
DEFAULT = "default-src 'self'"


def sentences(operator: str, properties: dict[str, Any], **others: dict[str, Any]) -> list[str]:
    """What an operator would do to a resource, beside others of the template."""
    kind = OPERATORS[operator].resource_types[0]
    resources = {"Subject": {"Type": kind, "Properties": properties}, **others}
    site = Site(templates={"t": {"Resources": resources}}, template="t", logical_id="Subject")
    return [weakening.sentence for weakening in OPERATORS[operator].weaken(site)]


def model(field: dict[str, Any]) -> dict[str, Any]:
    return {"Schema": {"properties": {"rating": field}}}


def headers(policy: str) -> dict[str, Any]:
    header = {"ContentSecurityPolicy": policy}
    return {"ResponseHeadersPolicyConfig": {"SecurityHeadersConfig": {"ContentSecurityPolicy": header}}}


def encrypted(algorithm: str) -> dict[str, Any]:
    rule = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}
    return {"BucketEncryption": {"ServerSideEncryptionConfiguration": [rule]}}


@pytest.mark.parametrize(
    ("operator", "properties"),
    [
        ("schema-rule-out", model({"type": "string", "pattern": "^a$"})),
        ("csp-directive-out", headers(f"{DEFAULT}; script-src 'none'")),
        ("method-unvalidated", {**VALIDATED, "RequestModels": {"$default": "Message"}}),
        ("method-unvalidated", {**VALIDATED, "RequestParameters": {"method.request.path.id": True}}),
        ("bucket-encryption-removed", encrypted("aws:kms")),
    ],
)
def test_what_protects_is_taken_out(operator: str, properties: dict[str, Any]) -> None:
    assert sentences(operator, properties)


@pytest.mark.parametrize(
    ("operator", "properties", "left"),
    [
        ("schema-rule-out", model({"type": "string", "enum": ["good", "bad"]}), ["rating has no enum."]),
        ("csp-directive-out", headers(f"{DEFAULT}; script-src 'self'"), ["default-src is gone."]),
        ("method-unvalidated", VALIDATED, []),
        ("method-unvalidated", {**VALIDATED, "RequestParameters": {"method.request.path.id": False}}, []),
        ("bucket-encryption-removed", encrypted("AES256"), []),
    ],
)
def test_what_protects_nothing_is_left(operator: str, properties: dict[str, Any], left: list[str]) -> None:
    """Values say their type, default-src stands in, nothing is to be validated, S3 encrypts anyway."""
    assert sentences(operator, properties) == left


@pytest.mark.parametrize(("required", "count"), [(True, 1), (False, 0)])
def test_a_validator_protects_the_parameters_that_a_method_requires(*, required: bool, count: int) -> None:
    method = {
        "Type": "AWS::ApiGateway::Method",
        "Properties": {
            "RequestValidatorId": {"Ref": "Subject"},
            "RequestParameters": {"method.request.path.id": required},
        },
    }
    found = sentences("validator-skips-parameters", {"ValidateRequestParameters": True}, Method=method)
    assert len(found) == count
