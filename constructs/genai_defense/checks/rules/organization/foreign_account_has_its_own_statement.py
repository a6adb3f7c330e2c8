"""A foreign account is not let in as a whole beside one's own roles and account."""

import re
from collections.abc import Iterator

from genai_defense.checks.allowing import ALLOWING_TYPES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_NAMED = re.compile(r"^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)")
_WHOLE = re.compile(r"^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$")
_BINDING = ("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths")


@rule(
    id="OwaspLlm-ForeignAccountHasItsOwnStatement",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A statement for one's own roles or account lets another account in as a whole.",
    explanation="Whoever administers that account decides who there does all that one's own roles may:"
    " decrypts with the key, invokes through the endpoint, takes the role.",
    remedy="Take the account out, or give it a statement of its own that names its role and what it needs.",
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
    resource_types=ALLOWING_TYPES,
)
def foreign_account_has_its_own_statement(resource: Resource, graph: TemplateGraph) -> Answer:
    """A list of accounts, such as all of an organization, is meant; so is one that a parameter gives."""
    given = _given(resource)
    return worst(answer for each in allowing(resource, graph) for answer in _judge(each, given))


def _judge(statement: Statement, given: str) -> Iterator[Answer]:
    principal = None if isinstance(statement.body, Opaque) else dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else []
    if not named or "*" in named:
        return
    # What the template fills in, such as its account and its roles, counts as one account: its own.
    accounts = {found[1] if (found := _NAMED.match(literally(each))) else "own" for each in named}
    whole = [found[1] for each in named if (found := _WHOLE.match(literally(each)))]
    foreign = [each for each in whole if each not in given]
    if len(accounts) == len({"own", "foreign"}) and foreign and not any(map(statement.demanded, _BINDING)):
        yield NonCompliant(f"{statement.path}.Principal", f"it lets account {foreign[-1]} in as a whole")
    else:
        yield Compliant(f"{statement.path} lets no second account in as a whole")


def _given(resource: Resource) -> str:
    """What the template's parameters and mappings say: accounts there were named on purpose."""
    return " ".join(str(resource.template.section(name)) for name in ("Mappings", "Parameters"))
