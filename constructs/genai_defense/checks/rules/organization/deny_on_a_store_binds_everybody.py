"""What a store demands of every call, it demands of everybody."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.denials import NAMING_PRINCIPALS, denials, everybody, excepts
from genai_defense.checks.policy import Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, dig, items

_CALLERS = {"AWS", "CanonicalUser", "Federated"}
# Tests of how a call comes, or of who the caller is: a statement for one caller needs none of them.
_OF_EVERY_CALL = ("aws:principalisawsservice", "aws:securetransport", "s3:tlsversion")
_OF_CALLERS = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltag/",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "s3:existingobjecttag/",
)


@rule(
    id="OwaspLlm-DenyOnAStoreBindsEverybody",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A Deny that tests where callers come from, or how, is for one principal only.",
    explanation="Everybody else, strangers first, is not held by it: a call in the clear or from another"
    " account is refused to one caller and granted to all others.",
    remedy='Write the Deny for Principal "*", and leave out whom it is not for by its conditions.',
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
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
    resource_types=NAMING_PRINCIPALS,
)
def deny_on_a_store_binds_everybody(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A Deny for a service, and one that ties a named caller to a network, are left alone."""
    return worst(_judge(each) for each in denials(resource))


def _judge(statement: Statement) -> Answer:
    about = [key for _, key, _ in statement.tests() if key in _OF_EVERY_CALL]
    about += [key for key, _ in excepts(statement) if key.startswith(_OF_CALLERS)]
    principal = dig(statement.body, "Principal")
    for_callers = not isinstance(principal, dict) or _CALLERS & set(principal)
    if not about or not for_callers:
        return NotApplicable()
    if everybody(statement):
        return Compliant(f"{statement.path} binds everybody")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal)
    for each in (principal, *named):
        if isinstance(each, Unresolved):
            return Unknown(f"{statement.path}.Principal", each.why)
    return NonCompliant(f"{statement.path}.Principal", f"others are not asked for {about[0]}")
