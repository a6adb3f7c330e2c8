"""What one statement demands, no other statement of the policy gives away."""

from genai_defense.checks.allowing import ALLOWING_TYPES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import covers, literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items


@rule(
    id="OwaspLlm-ConditionIsNotUndone",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A statement allows without a condition what another one allows only under a condition.",
    explanation="The condition (a guardrail, an endpoint, a caller, a service) holds nobody: the call passes"
    " by the other statement.",
    remedy="Give both statements the condition, or take out the one that has none.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=ALLOWING_TYPES,
)
def condition_is_not_undone(resource: Resource, graph: TemplateGraph) -> Answer:
    """Two statements for the same callers; the one without condition reaches all that the other one does."""
    listed = [each for each in allowing(resource, graph) if not isinstance(each.body, Opaque)]
    bound = [each for each in listed if dig(each.body, "Condition") and not _is_a_way(each)]
    free = [each for each in listed if not dig(each.body, "Condition") and not _hands_to_iam(each)]
    for one in bound:
        for other in free:
            if _reaches(other, one):
                return NonCompliant(
                    f"{other.path}.Condition", f"it has none, and allows what {one.path} binds"
                )
    return Compliant("no statement gives away what another one demands") if bound else NotApplicable()


def _hands_to_iam(statement: Statement) -> bool:
    """The default statement of a key policy, by which IAM policies of the account decide who does what."""
    principal = dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else []
    whole = bool(named) and all(literally(each).endswith(":root") for each in named)
    return whole and items(dig(statement.body, "Action")) == ["kms:*"]


def _is_a_way(statement: Statement) -> bool:
    """A role that uses a key through one service may well use it for another one, or itself."""
    keys = {key for _, key, _ in tested(statement)}
    return keys == {"kms:viaservice"} and dig(statement.body, "Principal") is None


def _reaches(other: Statement, one: Statement) -> bool:
    """Whether every caller, action and resource of a statement is among those of the other."""
    if dig(other.body, "Principal") not in (dig(one.body, "Principal"), "*", {"AWS": "*"}):
        return False
    return all(
        asked and all(any(covers(pattern, literally(each)) for pattern in given) for each in asked)
        for asked, given in (
            (items(dig(one.body, field)), items(dig(other.body, field))) for field in ("Action", "Resource")
        )
    )
