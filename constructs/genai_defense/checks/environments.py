"""The environment variables that resources give to what runs in them."""

from collections.abc import Iterator

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Value, dig, items, json_list, json_object

# Type to the property that holds names and values.
_MAPS = {
    "AWS::Lambda::Function": "Environment.Variables",
    "AWS::BedrockAgentCore::Runtime": "EnvironmentVariables",
    "AWS::SageMaker::Model": "PrimaryContainer.Environment",
}
# Type to a list of containers, and what each calls its list of names and values.
_LISTS = {
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions", "Environment"),
    "AWS::AppRunner::Service": (
        "SourceConfiguration.ImageRepository.ImageConfiguration",
        "RuntimeEnvironmentVariables",
    ),
    "AWS::CodeBuild::Project": ("Environment", "EnvironmentVariables"),
}
ENVIRONMENT_TYPES = (*_MAPS, *_LISTS)


def variables(resource: Resource) -> Iterator[tuple[str, str, Value]]:
    """Path, name and value of each variable; an opaque environment has none that is known."""
    if path := _MAPS.get(resource.type):
        named = resource.get(path)
        for name, value in named.items() if isinstance(named, dict) else ():
            yield f"{path}.{name}", name, value
        return
    holder, listed = _LISTS[resource.type]
    several = isinstance(resource.get(holder), list)
    for index, container in enumerate(items(resource.get(holder))):
        where = f"{holder}.{index}.{listed}" if several else f"{holder}.{listed}"
        entries = None if isinstance(container, Opaque) else dig(container, listed)
        for number, entry in enumerate(items(entries)):
            called = dig(entry, "Name")
            # Parameter Store and Secrets Manager hand out the value when a build starts.
            if isinstance(called, str) and dig(entry, "Type") in {None, "PLAINTEXT"}:
                yield f"{where}.{number}.Value", called, dig(entry, "Value")


def is_parameter(resource: Resource, path: str) -> bool:
    """Whether the template gives a parameter of its own as the value at a dotted path."""
    raw: object = (resource.template.entry("Resources", resource.logical_id) or {}).get("Properties")
    for key in path.split("."):
        listed = json_list(raw)
        if listed and key.isdecimal():
            raw = dict(enumerate(listed)).get(int(key))
        else:
            raw = (json_object(raw) or {}).get(key)
    named = (json_object(raw) or {}).get("Ref")
    return isinstance(named, str) and resource.template.entry("Parameters", named) is not None
