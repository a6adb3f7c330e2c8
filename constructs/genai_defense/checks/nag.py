"""Asks cdk-nag's packs about templates that no CDK synthesized."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import aws_cdk as cdk
from aws_cdk import cloudformation_include as include

from genai_defense.checks.answer import STATUSES
from genai_defense.checks.judge import Found, Judgement
from genai_defense.checks.nag_packs import NAG_PACKS
from genai_defense.checks.pack_names import PackName
from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.template_graph import Resource, Template, TemplateGraph


def ask_cdk_nag(deployment: Deployment, packs: Sequence[PackName], judgement: Judgement) -> Judgement:
    """Add what cdk-nag's packs find. They report no evidence, and only rules with findings are counted.

    Args:
        deployment: What was judged.
        packs: Which of them.
        judgement: What the kit's own packs said.

    Raises:
        UnusableInputError: The CDK cannot include a template.
    """
    graph = TemplateGraph(deployment.templates)
    findings = list(judgement.findings)
    counts = {rule: dict(count) for rule, count in judgement.counts.items()}
    for template in deployment.templates:
        stack = _included(template)
        for name in packs:
            for violation, logical_id in violations(name, stack):
                resource = graph.find(template, logical_id)
                if resource is None:
                    continue
                found = _found(violation, resource, deployment)
                findings.append(found)
                counted = counts.setdefault(found.rule, dict.fromkeys(STATUSES.values(), 0))
                counted["non_compliant"] += 1
    return replace(judgement, findings=tuple(findings), counts=dict(sorted(counts.items())))


def _included(template: Template) -> cdk.Stack:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "template.json"
        file.write_text(json.dumps(template.body), encoding="utf-8")
        return included(file, template.name, cdk.Stack(cdk.App(), "Template"))


def included(file: Path, name: str, stack: cdk.Stack) -> cdk.Stack:
    """Fill a stack with the resources of a template, each a construct of its logical id.

    Args:
        file: The template, as JSON.
        name: What it is called in messages.
        stack: The stack.

    Returns:
        The stack.

    Raises:
        UnusableInputError: The CDK cannot include it.
    """
    try:
        include.CfnInclude(stack, "Included", template_file=str(file), preserve_logical_ids=True)
    except RuntimeError as error:
        cause = str(error).strip().splitlines()[0]
        raise UnusableInputError(f"{name}: cdk-nag cannot be asked, since the CDK says: {cause}") from error
    return stack


def violations(pack: PackName, stack: cdk.Stack) -> Iterator[tuple[cdk.PolicyViolation, str]]:
    """What a pack finds in a stack, each with the name of the construct.

    Args:
        pack: The pack.
        stack: A stack whose constructs are named by logical ids.
    """
    for violation in NAG_PACKS[pack](stack).validate_scope(stack).violations:
        for violating in violation.violating_resources:
            # It names constructs only, and CfnInclude names each construct by its logical id.
            yield violation, (violating.construct_path or "").rpartition("/")[2]


def _found(violation: cdk.PolicyViolation, resource: Resource, deployment: Deployment) -> Found:
    logical_id, kind = deployment.author(resource)
    return Found(
        rule=violation.rule_name,
        level="warning" if violation.severity == "warning" else "error",
        status="non_compliant",
        resource=logical_id,
        resource_type=kind,
        path="",
        message=violation.description,
        remedy=violation.fix or "See https://github.com/cdklabs/cdk-nag/blob/main/RULES.md.",
        template=resource.template.name,
        construct_path=resource.construct_path,
        acknowledged=deployment.reason(violation.rule_name, resource),
    )
