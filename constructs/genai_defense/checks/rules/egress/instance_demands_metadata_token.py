"""Credentials of an instance are given to programs, not to whoever makes one fetch an address."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown, whole

_HOPS = 2
_PATHS = {
    "AWS::AutoScaling::LaunchConfiguration": "MetadataOptions",
    "AWS::EC2::Instance": "MetadataOptions",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.MetadataOptions",
}


@rule(
    id="OwaspLlm-InstanceDemandsMetadataToken",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The instance answers requests for credentials without a token (IMDSv1).",
    explanation="A prompt or document that makes the application fetch http://169.254.169.254 has the"
    " instance's credentials.",
    remedy="Set MetadataOptions.HttpTokens to required.",
    source=Source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
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
    resource_types=tuple(_PATHS),
)
def instance_demands_metadata_token(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An instance of a launch template has the template's options unless it has its own."""
    if resource.type == "AWS::EC2::Instance" and resource.get("LaunchTemplate") is not None:
        return NotApplicable()
    path = _PATHS[resource.type]
    tokens, endpoint = resource.get(f"{path}.HttpTokens"), resource.get(f"{path}.HttpEndpoint")
    if endpoint == "disabled":
        return Compliant("there are no metadata")
    if tokens == "required":
        return _reaches_this_machine(resource, f"{path}.HttpPutResponseHopLimit")
    if isinstance(tokens, Opaque):
        return Unknown(f"{path}.HttpTokens", tokens.why)
    return NonCompliant(f"{path}.HttpTokens", f"{path}.HttpTokens is {shown(tokens)}")


def _reaches_this_machine(resource: Resource, path: str) -> Answer:
    """A container is one hop away from its machine; further away is another one."""
    hops = whole(resource.get(path), default=1)
    if isinstance(hops, int) and hops > _HOPS:
        return NonCompliant(
            path, f"the answer travels {hops} hops: whoever the machine forwards for reads it"
        )
    return Compliant("the token is required")
