"""Asking again only what a change can touch gives the answers of asking everything."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.pack import all_rules
from genai_defense.checks.read.deployment import read_deployments
from genai_defense.checks.template_graph import Template
from genai_defense.checks.values import json_list, json_object
from genai_defense.mutation.edit import REMOVED, Edit, Templates, edited
from genai_defense.mutation.edit import Path as EditPath
from genai_defense.mutation.incremental.answers import IncrementalAnswers
from genai_defense.mutation.subject import Selection, subjects_of

_FOREIGN = Path(__file__).parents[1] / "checks" / "foreign"
_DEEPEST = 6


def _places(node: object, path: EditPath) -> Iterator[EditPath]:
    yield path
    if len(path) < _DEEPEST:
        for key, inner in (json_object(node) or {}).items():
            yield from _places(inner, (*path, key))
        for index, inner in enumerate(json_list(node)):
            yield from _places(inner, (*path, index))


def _anything(templates: Templates, chance: random.Random) -> Edit:
    """A change of anything in a resource, or of a whole one."""
    name = chance.choice(list(templates))
    resources = templates[name]["Resources"]
    logical_id = chance.choice(list(resources))
    path = chance.choice(list(_places(resources[logical_id], ("Resources", logical_id))))
    reference = {"Ref": chance.choice(list(resources))}
    policy = {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": reference}]}}
    values: list[Any] = (
        [REMOVED, {"Type": "AWS::S3::Bucket"}, {"Type": "AWS::IAM::Policy", "Properties": policy}]
        if path == ("Resources", logical_id)
        else [REMOVED, "*", True, [], reference, {"Ref": "Nobody"}]
    )
    return Edit(template=name, path=path, value=chance.choice(values))


def _check(templates: tuple[Template, ...], count: int) -> None:
    answers = IncrementalAnswers(templates, all_rules())
    bodies: Templates = {one.name: one.body for one in templates}
    chance = random.Random(5)  # noqa: S311 - a sample, the same in every run
    for _ in range(count):
        edit = _anything(bodies, chance)
        _compare(answers, {n: body for n, body in edited(bodies, [edit]).items() if body is not bodies[n]})


def _compare(answers: IncrementalAnswers, changed: Templates) -> None:
    whole = answers.in_full(changed).items()
    assert answers.differing(changed) == {
        key: answer for key, answer in whole if answer != answers.unchanged.get(key)
    }


@pytest.mark.parametrize("name", ["data_heavy_rag.yaml", "sam_chat.yaml", "terraform_style.json"])
def test_of_real_mutants(name: str) -> None:
    (subject,) = subjects_of(Selection(path=_FOREIGN / name))
    answers = IncrementalAnswers(subject.deployment.templates, all_rules())
    for mutant in subject.mutants[::12]:
        _compare(answers, subject.bodies(mutant))


@pytest.mark.parametrize(
    "name", ["data_heavy_rag.yaml", "sam_chat.yaml", "support_agent.yaml", "terraform_style.json"]
)
def test_on_foreign_templates(name: str) -> None:
    (deployment,) = read_deployments(_FOREIGN / name)
    _check(deployment.templates, 60)


@pytest.mark.slow
def test_on_the_kit(assembly_of: Callable[[str], Path]) -> None:
    (deployment,) = read_deployments(assembly_of("prod"))
    _check(deployment.templates, 16)


def test_across_nested_stacks_exports_and_conditions() -> None:
    """What one template says about another is followed when either changes."""
    parent = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
        "Resources": {
            "Key": {
                "Type": "AWS::KMS::Key",
                "Condition": "IsProd",
                "Properties": {"EnableKeyRotation": True},
            },
            "Inner": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"Parameters": {"Given": {"Fn::GetAtt": ["Key", "Arn"]}}},
            },
        },
        "Outputs": {"Out": {"Value": {"Ref": "Key"}, "Export": {"Name": {"Fn::Sub": "${Stage}-key"}}}},
    }
    bucket = {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {
                        "ServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": {"Ref": "Given"},
                        }
                    }
                ]
            }
        },
    }
    inner = {"Parameters": {"Given": {"Type": "String"}}, "Resources": {"Docs": bucket}}
    imported = json.loads(json.dumps(bucket).replace('{"Ref": "Given"}', '{"Fn::ImportValue": "x-key"}'))
    other = {"Resources": {"Copy": imported}}
    _check(
        (
            Template("parent", parent),
            Template("inner", inner, ("parent", "Inner")),
            Template("other", other),
        ),
        120,
    )
