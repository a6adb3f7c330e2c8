"""An organization that protects some of its controls from its accounts protects all of them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.organization_families import OF_CONTROLS, open_ways, unread, whole_organization
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_MEANT = 5


@rule(
    id="OwaspLlm-OrganizationKeepsItsControls",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The service control policies protect some controls from the accounts below, and not all of them.",
    explanation="Who takes an account over ends the record that is not protected, and is not seen; or opens"
    " the lock, and what it kept is gone.",
    remedy="Deny the actions that the finding names, but to the roles that deploy, or accept it where a"
    " policy of another template does.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA", "GV.PO"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Organizations::Policy",),
)
def organization_keeps_its_controls(policy: Resource, graph: TemplateGraph) -> Answer:
    """Policies that deny less than five such ends are about something else."""
    if not whole_organization(policy, graph):
        return NotApplicable()
    left = open_ways(graph, OF_CONTROLS)
    touched = [end for end, actions in left.items() if len(actions) < len(OF_CONTROLS[end])]
    if len(touched) < _MEANT:
        return NotApplicable()
    missing = [f"to {end} ({', '.join(actions)})" for end, actions in left.items() if actions]
    if missing:
        found = NonCompliant("Content", f"nothing denies {'; '.join(missing)}")
        return unread(graph) or found
    return Compliant("no account ends what protects it")
