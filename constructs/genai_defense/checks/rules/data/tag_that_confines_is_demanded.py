"""Where a caller's tag says which objects are his, he has one, and it confines him."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.denials import denials, excepts
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, flag, items

_TAG = re.compile(r"\$\{(aws:principaltag/[^},]+)(,[^}]*)?\}", re.IGNORECASE)


@rule(
    id="OwaspLlm-TagThatConfinesIsDemanded",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket's policy demands a tag of its callers that confines nobody, or confines by a tag that it"
    " does not demand.",
    explanation="A tenant writes into the folder of another one; or somebody without a tag writes where no"
    " tenant is.",
    remedy="Deny the calls whose aws:PrincipalTag is missing (Null), and those on resources other than the"
    " folder that ${aws:PrincipalTag/…} names.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::S3::BucketPolicy",),
)
def tag_that_confines_is_demanded(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Both statements stand in the policy of the same bucket."""
    listed = list(denials(policy))
    demanded = {key for each in listed for key in _demanded(each)}
    confining = dict(found for each in listed for found in _confining(each))
    used = confining.keys() | {
        key for each in listed for operator, key, _ in each.tests() if operator != "null"
    }
    if left := demanded - used:
        return NonCompliant("PolicyDocument", f"{', '.join(sorted(left))} is demanded and confines nobody")
    excepted = {key for each in listed for key, _ in excepts(each)}
    if left := {key for key, default in confining.items() if not default} - demanded - excepted:
        return NonCompliant("PolicyDocument", f"{', '.join(sorted(left))} may be missing")
    return Compliant("tags are demanded and confine") if demanded or confining else NotApplicable()


def _demanded(statement: Statement) -> list[str]:
    return [
        key
        for operator, key, values in statement.tests()
        if operator == "null" and key.startswith("aws:principaltag/")
        if flag(values[0] if values else None, default=False) is True
    ]


def _confining(statement: Statement) -> list[tuple[str, str]]:
    """Each tag that names the callers' own resources, and what stands for it where it is missing."""
    written = map(literally, items(dig(statement.body, "NotResource")))
    return [(key.lower(), default) for text in written for key, default in _TAG.findall(text)]
