"""Which weaker policies let nobody do more: small deployments for each layer."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from genai_defense.cli import app
from genai_defense.mutation import mutate, redundant
from genai_defense.mutation.formats import as_json
from genai_defense.mutation.redundant import Opinion, Redundancy
from genai_defense.mutation.subject import Selection, subjects_of
from tests.proofs.iam.prover import boundary, document, policy_of_the_organization, role, statement

GUARDRAIL = "arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123:4"
DELETE = "bedrock:DeleteGuardrail"


def _file(folder: Path, resources: dict[str, Any]) -> Path:
    file = folder / "app.json"
    file.write_text(json.dumps({"Resources": resources}))
    return file


def _opinions(folder: Path, resources: dict[str, Any], *operators: str) -> list[Opinion]:
    """What the prover says of each mutant of some operators."""
    (subject,) = subjects_of(Selection(path=_file(folder, resources), operators=operators))
    assert subject.mutants
    asked = Redundancy(subject)
    return [asked.ask(mutant) for mutant in subject.mutants]


def _invoker(*statements: Any, **properties: Any) -> dict[str, Any]:
    return role(statement(Sid="Invoke"), *statements, **properties)


def test_a_deny_of_what_nothing_grants_is_redundant(tmp_path: Path) -> None:
    denies = statement("Deny", Action=DELETE, Resource="*")
    (opinion,) = _opinions(tmp_path, {"Chat": _invoker(denies)}, "model-policy-deny-out")
    assert opinion == Opinion(
        redundant=True, why="Proven: no request becomes possible, since nothing grants it."
    )


def test_the_only_deny_survives_with_a_request_that_becomes_possible(tmp_path: Path) -> None:
    denies = statement("Deny", Action=DELETE, Resource="*")
    grants = statement(Action="bedrock:*", Resource="*")
    (opinion,) = _opinions(tmp_path, {"Chat": role(grants, denies)}, "model-policy-deny-out")
    assert not opinion.redundant
    assert "role Chat may call bedrock:DeleteGuardrail" in opinion.why


def test_a_deny_that_another_repeats_in_other_words_is_redundant(tmp_path: Path) -> None:
    grants = statement(Action="bedrock:*", Resource="*")
    twice = [statement("Deny", Action=each, Resource="*") for each in (DELETE, "bedrock:Delete*")]
    first, second = _opinions(tmp_path, {"Chat": role(grants, *twice)}, "model-policy-deny-out")
    assert first == Opinion(
        redundant=True, why="Proven: no request becomes possible, since another Deny refuses it."
    )
    assert not second.redundant


def test_a_boundary_that_narrows_survives_and_a_superfluous_one_is_redundant(tmp_path: Path) -> None:
    narrow = boundary(statement())
    for granted, is_redundant in ((statement(), True), (statement(Action="bedrock:*"), False)):
        resources = {"Chat": role(granted, PermissionsBoundary={"Ref": "Limit"}), "Limit": narrow}
        (opinion,) = _opinions(tmp_path, resources, "role-boundary-removed")
        assert opinion.redundant is is_redundant
        assert ("nothing grants it" in opinion.why) is is_redundant


def test_a_wider_policy_within_a_boundary_is_redundant(tmp_path: Path) -> None:
    limit = boundary(statement())
    bound = {"Chat": role(statement(), PermissionsBoundary={"Ref": "Limit"}), "Limit": limit}
    opinions = _opinions(tmp_path, bound, "model-policy-action-service")
    own, of_the_boundary = opinions
    assert own.why == "Proven: no request becomes possible, since the permissions boundary refuses it."
    assert of_the_boundary.why == "Proven: no request becomes possible, since nothing grants it."
    (free,) = _opinions(tmp_path, {"Chat": role(statement())}, "model-policy-action-service")
    assert not free.redundant


def test_a_boundary_that_nobody_has_is_not_judged(tmp_path: Path) -> None:
    limit = boundary(statement(), statement("Deny", Action=DELETE, Resource="*"))
    limit["Properties"]["Description"] = "Boundary of roles elsewhere."
    assert _opinions(tmp_path, {"Limit": limit}, "model-policy-deny-out") == [Opinion()]


@pytest.mark.parametrize("granted", ["bedrock:InvokeModel", "s3:GetObject"])
def test_the_exception_of_a_deny_counts_where_something_is_granted(tmp_path: Path, granted: str) -> None:
    unless = {"StringNotEquals": {"bedrock:GuardrailIdentifier": GUARDRAIL}}
    resources = {
        "Chat": role(
            statement(Action=granted, Resource="*"), statement("Deny", condition=unless, Resource="*")
        )
    }
    for name in ("model-policy-deny-exception-for-all", "model-policy-deny-only-where-named"):
        (opinion,) = _opinions(tmp_path, resources, name)
        assert opinion.redundant is (granted == "s3:GetObject")


def test_a_condition_that_another_statement_lacks_is_redundant(tmp_path: Path) -> None:
    conditional = statement(condition={"StringEquals": {"bedrock:GuardrailIdentifier": GUARDRAIL}})
    both = {"Chat": role(conditional, statement(Action="bedrock:Invoke*", Resource="*"))}
    (opinion,) = _opinions(tmp_path, both, "model-policy-condition-dropped")
    assert opinion.why == "Proven: no request becomes possible, since another statement allows it already."
    (opinion,) = _opinions(tmp_path, {"Chat": role(conditional)}, "model-policy-condition-dropped")
    assert not opinion.redundant


def test_a_policy_of_the_organization_binds_more_than_the_templates_tell(tmp_path: Path) -> None:
    policy = policy_of_the_organization(
        statement("Deny", Action=[DELETE, "bedrock:DeletePrompt"], Resource="*"),
        statement("Deny", Action="bedrock:Delete*", Resource="*", Sid="All"),
    )
    resources = {"Limit": policy, "Chat": role(statement())}
    opinions = _opinions(tmp_path, resources, "model-policy-deny-out")
    assert [one.redundant for one in opinions] == [True, False]
    assert "somebody with every right" in opinions[1].why


def test_an_endpoint_binds_more_than_the_templates_tell(tmp_path: Path) -> None:
    endpoint = {
        "Type": "AWS::EC2::VPCEndpoint",
        "Properties": {
            "VpcId": "vpc-1",
            "ServiceName": "com.amazonaws.us-east-1.bedrock-runtime",
            "PolicyDocument": document(statement(Principal="*")),
        },
    }
    (wider,) = _opinions(tmp_path, {"Way": endpoint}, "model-policy-action-service")
    assert "somebody with every right" in wider.why
    assert _opinions(tmp_path, {"Way": endpoint}, "model-endpoint-policy-removed") == [Opinion()]


def test_a_wildcard_stands_for_actions_that_nothing_names(tmp_path: Path) -> None:
    limit = boundary(statement(Action="bedrock:*", Resource="*"))
    wide = role(statement(Action="*", Resource="*"), PermissionsBoundary={"Ref": "Limit"})
    resources = {"Chat": wide, "Limit": limit}
    (opinion,) = _opinions(tmp_path, resources, "role-boundary-removed")
    assert not opinion.redundant
    inside = statement("Deny", Action=["bedrock:*Guardrail*", "bedrock:*Prompt*"], Resource="*")
    resources["Limit"] = boundary(statement(Action="*", Resource="*"), inside)
    assert _opinions(tmp_path, resources, "role-boundary-removed") == [Opinion()]


def test_a_trust_policy_is_not_judged(tmp_path: Path) -> None:
    opinions = _opinions(tmp_path, {"Chat": role()}, "policy-principal-anybody")
    assert opinions == [Opinion()]


def _run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["mutate", *map(str, arguments)])


def _report(*arguments: object) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(_run(*arguments, "--format", "json").stdout)
    schema = json.loads(Path(as_json.__file__).with_name("mutation-report.schema.json").read_text())
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
    return report


def _two_denies(folder: Path) -> tuple[object, ...]:
    resources = {
        "Chat": _invoker(statement("Deny", Action=DELETE, Resource="*")),
        "Wide": role(
            statement(Action="bedrock:*", Resource="*"), statement("Deny", Action=DELETE, Resource="*")
        ),
    }
    return _file(folder, resources), "--operator", "model-policy-deny-out"


def test_the_parts_of_a_report_add_up_and_redundant_ones_do_not_count(tmp_path: Path) -> None:
    report = _report(*_two_denies(tmp_path))
    summary = report["summary"]
    assert (summary["live"], summary["redundant"], summary["counted"], summary["survivors"]) == (2, 1, 1, 1)
    assert [one["status"] for one in report["mutants"]] == ["redundant", "counted"]
    assert report["unproven"] == ""
    assert _report(*_two_denies(tmp_path)) == report


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_redundant_ones_are_told_beside_the_share(tmp_path: Path, form: str) -> None:
    shown = _run(*_two_denies(tmp_path), "--format", form).stdout
    assert "2 mutants, 2 live (of them 1 redundant)." in shown
    assert "noticed 0 of 1 (0 %): 1 survived. 1 more redundant: not noticed" in shown
    assert "since nothing grants it." in shown


def test_without_the_prover_everything_survives_and_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = _two_denies(tmp_path)
    left_out = _report(*arguments, "--no-prove")
    assert (left_out["summary"]["survivors"], left_out["unproven"]) == (2, redundant.LEFT_OUT)
    monkeypatch.setattr(mutate, "has_solver", lambda: False)
    report = _report(*arguments)
    assert (report["summary"]["survivors"], report["unproven"]) == (2, redundant.NO_SOLVER)
    for form in ("text", "markdown"):
        assert _run(*arguments, "--format", form).stdout.count(redundant.NO_SOLVER) == 1
