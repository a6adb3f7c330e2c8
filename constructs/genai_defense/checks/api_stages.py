"""Reads stages of APIs: those of their own, and those that a deployment of a REST API makes beside itself."""

from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference

DEPLOYMENT_TYPE = "AWS::ApiGateway::Deployment"
_STAGE_TYPE = "AWS::ApiGateway::Stage"


def makes_no_stage(resource: Resource, graph: TemplateGraph) -> bool:
    """Whether it is a deployment without a stage of its own, or with one that another resource describes.

    SAM names a stage in each deployment, and then makes the real one.
    """
    if resource.type != DEPLOYMENT_TYPE:
        return False
    if resource.get("StageName") is None:
        return True
    return any(
        Reference(resource, "Ref") == stage.get("DeploymentId") for stage in graph.of_type(_STAGE_TYPE)
    )


def stage_path(resource: Resource, name: str) -> str:
    """Where a property of a stage stands: below `StageDescription` in a deployment."""
    return f"StageDescription.{name}" if resource.type == DEPLOYMENT_TYPE else name
