"""Containers and machines: ECS, EKS, ECR, EC2."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set

_SERVICE = "AWS::ECS::Service"
_TASK = "AWS::ECS::TaskDefinition"
_CONTAINER = "ContainerDefinitions.*"
_CLUSTER = "AWS::EKS::Cluster"
_TEMPLATE = "AWS::EC2::LaunchTemplate"
_REPOSITORY = "AWS::ECR::Repository"

ADDRESS = changed(
    "task-public-address",
    CONVENTIONAL,
    _SERVICE,
    "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
    "ENABLED",
    "Its tasks have public addresses.",
)
EXECUTE = changed(
    "task-shell",
    CONVENTIONAL,
    _SERVICE,
    "EnableExecuteCommand",
    value=True,
    sentence="Who may call opens a shell.",
)
READ_ONLY = changed(
    "container-writable",
    CONVENTIONAL,
    _TASK,
    f"{_CONTAINER}.ReadonlyRootFilesystem",
    value=False,
    sentence="{} writes over its programs.",
)
PRIVILEGED = changed(
    "container-privileged",
    CONVENTIONAL,
    _TASK,
    f"{_CONTAINER}.Privileged",
    value=True,
    sentence="{} is root of its machine.",
)
LOGS = dropped(
    "container-logs-removed", CONVENTIONAL, _TASK, f"{_CONTAINER}.LogConfiguration", "{} writes no logs."
)
USER = dropped("container-root", CONVENTIONAL, _TASK, f"{_CONTAINER}.User", "{} runs as root.")
INSIGHTS = dropped(
    "cluster-insights-off", CONVENTIONAL, "AWS::ECS::Cluster", "ClusterSettings", "Nothing is measured."
)
ENDPOINT = changed(
    "cluster-public",
    CONVENTIONAL,
    _CLUSTER,
    "ResourcesVpcConfig.EndpointPublicAccess",
    value=True,
    sentence="Its API is on the internet.",
)
SECRETS = dropped(
    "cluster-secrets-plain", CONVENTIONAL, _CLUSTER, "EncryptionConfig", "Its secrets have no key of ours."
)
CLUSTER_LOGS = dropped("cluster-logs-removed", CONVENTIONAL, _CLUSTER, "Logging", "It writes no logs.")
METADATA = changed(
    "machine-metadata-open",
    CONVENTIONAL,
    _TEMPLATE,
    "LaunchTemplateData.MetadataOptions.HttpTokens",
    "optional",
    "A forged request reads its credentials.",
)
HOPS = changed(
    "machine-metadata-far",
    CONVENTIONAL,
    _TEMPLATE,
    "LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit",
    64,
    "Containers read the machine's credentials.",
)
MACHINE_ADDRESS = changed(
    "machine-public-address",
    CONVENTIONAL,
    _TEMPLATE,
    "LaunchTemplateData.NetworkInterfaces.*.AssociatePublicIpAddress",
    value=True,
    sentence="It has a public address.",
)
SCAN = changed(
    "images-unscanned",
    CONVENTIONAL,
    _REPOSITORY,
    "ImageScanningConfiguration.ScanOnPush",
    value=False,
    sentence="Images are not scanned.",
)
TAGS = changed(
    "images-mutable",
    CONVENTIONAL,
    _REPOSITORY,
    "ImageTagMutability",
    "MUTABLE",
    "A tag becomes another image.",
)
IMAGES_KEY = dropped(
    "images-key-removed",
    CONVENTIONAL,
    _REPOSITORY,
    "EncryptionConfiguration",
    "No key of ours encrypts them.",
)


@operator(id="volume-plain", mutant_class=CONVENTIONAL, resource_types=("AWS::EC2::Volume",))
def volume(site: Site) -> Iterator[Weakening]:
    """With its key."""
    if site.get("Encrypted") not in (None, False, "false"):
        gone = (site.edit(("KmsKeyId",)),) if is_set(site.get("KmsKeyId")) else ()
        yield site.weakening("The volume lies unencrypted.", site.edit(("Encrypted",), value=False), *gone)
