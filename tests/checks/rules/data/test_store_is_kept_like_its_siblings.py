"""The only store that goes with its stack is found; where several go, none is."""

from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rules.data.store_is_kept_like_its_siblings import store_is_kept_like_its_siblings
from genai_defense.checks.template_graph import Template, TemplateGraph

BUCKET, KEY, LOGS = "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::Logs::LogGroup"


def answer(kind: str, policy: object, *others: tuple[str, object]) -> Answer:
    resources = {f"R{i}": {"Type": each, "DeletionPolicy": kept} for i, (each, kept) in enumerate(others)}
    subject: dict[str, Any] = {"Type": kind, **({"DeletionPolicy": policy} if policy else {})}
    body = {"Parameters": {"Given": {"Type": "String"}}, "Resources": {**resources, "Subject": subject}}
    template = Template("here", body)
    graph = TemplateGraph([template])
    found = graph.find(template, "Subject")
    assert found
    return store_is_kept_like_its_siblings.check(found, graph)


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate", "Snapshot"])
def test_a_store_that_stays_is_compliant(policy: str) -> None:
    assert isinstance(answer(BUCKET, policy, *[(BUCKET, "Retain")] * 3), Compliant)


@pytest.mark.parametrize("policy", ["Delete", None])
@pytest.mark.parametrize("kind", [BUCKET, LOGS])
def test_the_only_one_that_goes_is_not(kind: str, policy: str | None) -> None:
    assert isinstance(answer(kind, policy, *[(kind, "Retain")] * 3), NonCompliant)


def test_the_only_one_of_a_rare_type_is_compared_with_all() -> None:
    assert isinstance(answer(KEY, "Delete", *[(BUCKET, "Retain")] * 10), NonCompliant)
    assert isinstance(answer(LOGS, "Delete", *[(BUCKET, "Retain")] * 10), NotApplicable)


@pytest.mark.parametrize(
    "others", [[], [(BUCKET, "Retain")] * 2, [(BUCKET, "Delete"), *[(BUCKET, "Retain")] * 5]]
)
def test_where_there_is_no_practice_nobody_is_asked(others: list[tuple[str, object]]) -> None:
    assert isinstance(answer(BUCKET, "Delete", *others), NotApplicable)


def test_a_token_is_unknown() -> None:
    assert isinstance(answer(BUCKET, {"Ref": "Given"}, *[(BUCKET, "Retain")] * 3), Unknown)
