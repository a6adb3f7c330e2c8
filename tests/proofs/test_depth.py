import json
from pathlib import Path

import pytest

from genai_defense.checks.depth import RISKS
from genai_defense.checks.read.deployment import read_deployments
from genai_defense.proofs.depth import prove
from genai_defense.proofs.formats import as_json, as_markdown, as_text
from genai_defense.proofs.formats.matrix import HEADINGS, matrix_rows
from genai_defense.proofs.names import ProverName
from genai_defense.proofs.proof import Verdict
from genai_defense.proofs.proven import Proven
from tests.proofs.kit import Body, Kit, template_proofs

pytestmark = pytest.mark.slow

_FOREIGN = Path(__file__).parents[1] / "checks" / "foreign"


def test_the_kit_stands_in_depth_and_without_any_one_boundary(each_kit: Kit) -> None:
    proofs = each_kit.proofs(prove)
    assert list(proofs) == [f"depth-{risk.lower()}" for risk in RISKS]
    for proof in proofs.values():
        assert proof.verdict is Verdict.HOLDS
        assert len(proof.controls) >= 2
        assert set(proof.without.values()) == {Verdict.HOLDS}


def test_a_witness_counts_and_names_the_weakest_point(kit: Kit) -> None:
    witness = kit.proofs(prove)["depth-llm05"].witness
    assert "such as OwaspLlm-" in witness
    assert " left without " in witness


@pytest.mark.parametrize(
    ("gone", "risk"),
    [
        (["AWS::Bedrock::Guardrail"], "llm05"),
        (["AWS::CloudFront::Distribution", "AWS::CloudFront::ResponseHeadersPolicy"], "llm05"),
        (["AWS::Bedrock::Guardrail", "AWS::Bedrock::DataSource"], "llm09"),
        (["AWS::Bedrock::Guardrail", "AWS::KMS::Key"], "llm07"),
        (["AWS::Bedrock::DataSource", "AWS::StepFunctions::StateMachine"], "llm09"),
        (["AWS::Lambda::Function", "AWS::VerifiedPermissions::Policy"], "llm07"),
        (["AWS::Bedrock::Guardrail", "AWS::BedrockAgentCore::Runtime"], "llm08"),
    ],
)
def test_what_is_taken_away_is_missed_where_little_else_stands(kit: Kit, gone: list[str], risk: str) -> None:
    for template in kit.templates.values():
        template["Resources"] = {
            name: body for name, body in template["Resources"].items() if body["Type"] not in gone
        }
    proof = kit.proofs(prove)[f"depth-{risk}"]
    assert proof.verdict is Verdict.FAILS
    assert proof.counterexamples


def test_a_template_that_no_rule_speaks_of_has_nothing_to_prove() -> None:
    body: Body = {"Resources": {"Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"}}}
    assert {proof.verdict for proof in template_proofs(prove, body).values()} == {Verdict.NOT_APPLICABLE}


def test_half_an_application_is_told_what_is_missing() -> None:
    (deployment,) = read_deployments(_FOREIGN / "sam_chat.yaml")
    proofs = {proof.id: proof for proof in prove(deployment)}
    assert proofs["depth-llm10"].verdict is Verdict.HOLDS
    assert proofs["depth-llm03"].verdict is Verdict.FAILS
    assert "one boundary only: application" in proofs["depth-llm03"].counterexamples[0]


def test_the_matrix_counts_controls_at_each_boundary_in_every_format(kit: Kit) -> None:
    proofs = list(kit.proofs(prove).values())
    rows = matrix_rows(proofs)
    assert len(rows) == len(RISKS)
    assert {len(row) for row in rows} == {len(HEADINGS)}
    assert rows[0][0] == "LLM01 prompt injection"
    assert [int(cell) for cell in rows[0][1:-1]] == [
        len(proofs[0].controls.get(name.replace(" ", "_"), ())) for name in HEADINGS[1:-1]
    ]
    proven = [Proven(path="kit", proofs=tuple((ProverName.DEPTH, proof) for proof in proofs))]
    assert f"| {' | '.join(rows[0])} |" in as_markdown.write(proven)
    assert "  LLM01 prompt injection" in as_text.write(proven)
    written = json.loads(as_json.write(proven))["results"][0]["proofs"][0]["controls"]
    assert "OwaspLlm-GuardrailBlocksPromptAttacks" in written["model"]
