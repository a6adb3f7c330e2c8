"""What the security groups of a function let it connect to."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.doors import ways_out
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, references

GROUPS = "VpcConfig.SecurityGroupIds"
_TYPE = "AWS::EC2::SecurityGroup"


def connects_to_named_hosts(function: Resource, graph: TemplateGraph) -> Answer:
    """Whether no group lets a function out to every address on every port; groups from elsewhere may."""
    groups = function.get(GROUPS)
    if isinstance(groups, Unresolved):
        return Unknown(GROUPS, groups.why)
    answers: list[Answer] = []
    for group in (each.resource for each in references(groups) if each.resource.type == _TYPE):
        for door in ways_out(group, graph):
            if isinstance(door, Unresolved):
                answers.append(Unknown(GROUPS, f"{group.logical_id}: {door.why}"))
            elif door.is_every_port:
                answers.append(NonCompliant(GROUPS, f"{group.logical_id} lets everything out"))
    return worst(answers) if answers else Compliant("its groups name what it connects to")
