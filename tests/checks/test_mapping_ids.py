"""The ids by which rules name risks are those of the catalogues."""

import pytest

from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.rule import Rule

# Titles of the lens, shortened, to choose by; "GENSEC04-BP01" (a prompt catalogue) is no rule's matter.
# Source: https://docs.aws.amazon.com/wellarchitected/latest/generative-ai-lens/security.html, compared with
# copies of its pages (read 2026-11-24).
GENSEC = {
    "GENSEC01-BP01": "Grant least privilege access to foundation model endpoints",
    "GENSEC01-BP02": "Implement private network communication between foundation models and applications",
    "GENSEC01-BP03": "Implement least privilege access permissions for models accessing data stores",
    "GENSEC01-BP04": "Implement access monitoring to generative AI services and foundation models",
    "GENSEC02-BP01": "Implement guardrails to mitigate harmful or incorrect model responses",
    "GENSEC03-BP01": "Implement control plane and data access monitoring to services and models",
    "GENSEC04-BP02": "Sanitize and validate user inputs to foundation models",
    "GENSEC05-BP01": "Implement least privilege access and permissions boundaries for agentic workflows",
    "GENSEC06-BP01": "Implement data purification filters for model training workflows",
}
# Source: https://atlas.mitre.org/techniques, compared with copies of its data (read 2026-11-24).
ATLAS = {
    "AML.T0010": "AI Supply Chain Compromise",
    "AML.T0012": "Valid Accounts",
    "AML.T0018": "Manipulate AI Model",
    "AML.T0020": "Poison Training Data",
    "AML.T0021": "Establish Accounts",
    "AML.T0024": "Exfiltration via AI Inference API",
    "AML.T0025": "Exfiltration via Cyber Means",
    "AML.T0029": "Denial of AI Service",
    "AML.T0034": "Cost Harvesting",
    "AML.T0040": "AI Model Inference API Access",
    "AML.T0048": "External Harms",
    "AML.T0049": "Exploit Public-Facing Application",
    "AML.T0051": "LLM Prompt Injection",
    "AML.T0051.001": "LLM Prompt Injection: Indirect",
    "AML.T0053": "AI Agent Tool Invocation",
    "AML.T0054": "LLM Jailbreak",
    "AML.T0055": "Unsecured Credentials",
    "AML.T0057": "LLM Data Leakage",
    "AML.T0060": "Publish Hallucinated Entities",
    "AML.T0070": "RAG Poisoning",
    "AML.T0077": "LLM Response Rendering",
}


@pytest.mark.parametrize("rule", OWASP_LLM.rules, ids=lambda rule: rule.id)
def test_a_rule_names_risks_that_the_catalogues_have(rule: Rule) -> None:
    assert set(rule.mapping.aws_gensec) <= set(GENSEC)
    assert set(rule.mapping.mitre_atlas) <= set(ATLAS)
    assert rule.mapping.aws_gensec
    assert rule.mapping.mitre_atlas


def test_no_id_is_listed_that_no_rule_names() -> None:
    named = {
        entry for rule in OWASP_LLM.rules for entry in (*rule.mapping.aws_gensec, *rule.mapping.mitre_atlas)
    }
    assert named == {*GENSEC, *ATLAS}
