"""Finds the policy documents of resources and their statements, as they are written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from genai_defense.mutation.edit import REMOVED, Path
from genai_defense.mutation.json_texts import Opened, opened
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.places import is_intrinsic, places
from genai_defense.mutation.shapes import is_array, is_object


class Kind(Enum):
    """What a policy document belongs to."""

    IDENTITY = "identity"
    TRUST = "trust"
    RESOURCE = "resource"
    ENDPOINT = "endpoint"
    ORGANIZATION = "organization"


_IDENTITY = (("PolicyDocument", Kind.IDENTITY),)
_INLINE = (("Policies.*.PolicyDocument", Kind.IDENTITY),)
_RESOURCE = (("PolicyDocument", Kind.RESOURCE),)
DOCUMENTS: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "AWS::ApiGateway::RestApi": (("Policy", Kind.RESOURCE),),
    "AWS::Backup::BackupVault": (("AccessPolicy", Kind.RESOURCE),),
    "AWS::DynamoDB::Table": (("ResourcePolicy.PolicyDocument", Kind.RESOURCE),),
    "AWS::EC2::VPCEndpoint": (("PolicyDocument", Kind.ENDPOINT),),
    "AWS::ECR::Repository": (("RepositoryPolicyText", Kind.RESOURCE),),
    "AWS::EFS::FileSystem": (("FileSystemPolicy", Kind.RESOURCE),),
    "AWS::IAM::Group": _INLINE,
    "AWS::IAM::GroupPolicy": _IDENTITY,
    "AWS::IAM::ManagedPolicy": _IDENTITY,
    "AWS::IAM::Policy": _IDENTITY,
    "AWS::IAM::Role": (*_INLINE, ("AssumeRolePolicyDocument", Kind.TRUST)),
    "AWS::IAM::RolePolicy": _IDENTITY,
    "AWS::IAM::User": _INLINE,
    "AWS::IAM::UserPolicy": _IDENTITY,
    "AWS::KMS::Key": (("KeyPolicy", Kind.RESOURCE),),
    "AWS::KMS::ReplicaKey": (("KeyPolicy", Kind.RESOURCE),),
    "AWS::Logs::ResourcePolicy": _RESOURCE,
    "AWS::OpenSearchService::Domain": (("AccessPolicies", Kind.RESOURCE),),
    "AWS::Organizations::Policy": (("Content", Kind.ORGANIZATION),),
    "AWS::S3::AccessPoint": (("Policy", Kind.RESOURCE),),
    "AWS::S3::BucketPolicy": _RESOURCE,
    "AWS::S3Vectors::VectorBucketPolicy": (("Policy", Kind.RESOURCE),),
    "AWS::SNS::TopicInlinePolicy": _RESOURCE,
    "AWS::SNS::TopicPolicy": _RESOURCE,
    "AWS::SQS::QueueInlinePolicy": _RESOURCE,
    "AWS::SQS::QueuePolicy": _RESOURCE,
    "AWS::SSO::PermissionSet": (("InlinePolicy", Kind.IDENTITY),),
    "AWS::SecretsManager::ResourcePolicy": (("ResourcePolicy", Kind.RESOURCE),),
}
"""Type to the dotted paths of its documents."""

_MODEL_SERVICES = ("bedrock:", "bedrock-", "sagemaker:InvokeEndpoint", "aoss:", "s3vectors:", "kendra:")


class Statement(NamedTuple):
    """One statement of a document.

    Attributes:
        document: Where it is written.
        kind: What the document belongs to.
        path: From the document to it.
        body: What it says.
        label: Its `Sid`, or its number.
        alone: Whether the document has no other.
    """

    document: Opened
    kind: Kind
    path: Path
    body: dict[str, Any]
    label: str
    alone: bool

    @property
    def allows(self) -> bool:
        """Whether it is an Allow."""
        return self.body.get("Effect") == "Allow"

    @property
    def denies(self) -> bool:
        """Whether it is a Deny."""
        return self.body.get("Effect") == "Deny"

    @property
    def actions(self) -> list[str]:
        """The actions that it spells out."""
        return [action for action in entries(self.body.get("Action")) if isinstance(action, str)]

    @property
    def is_about_models(self) -> bool:
        """Whether it is about models and what belongs to them."""
        written = [*self.actions, *(a for a in entries(self.body.get("NotAction")) if isinstance(a, str))]
        keys = [key for _, key, _ in conditions(self.body)]
        return any(name.startswith(_MODEL_SERVICES) for name in (*written, *keys))

    def becomes(self, sentence: str, *changes: tuple[Path, Any]) -> Weakening:
        """The weakening that puts values at paths of the statement."""
        edits = self.document.edit(*(((*self.path, *where), value) for where, value in changes))
        return Weakening(f"{self.label}: {sentence}", edits)


Weaken: TypeAlias = Callable[[Statement], Iterable[Weakening]]


def entries(raw: Any) -> list[Any]:
    """A list as it is, nothing for None, a lone value as a list of one."""
    if raw is None:
        return []
    return list(raw) if is_array(raw) else [raw]


def conditions(body: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Operator, key and value of each condition of a statement."""
    found = body.get("Condition")
    if not is_object(found) or is_intrinsic(found):
        return []
    return [
        (operator, key, value)
        for operator, keys in found.items()
        if is_object(keys) and not is_intrinsic(keys)
        for key, value in keys.items()
    ]


def without_conditions(statement: Statement, gone: Iterable[tuple[str, str]]) -> tuple[Path, Any]:
    """The change that takes conditions out, and `Condition` itself where none is left."""
    left: dict[str, Any] = {}
    dropped = set(gone)
    for operator, key, value in conditions(statement.body):
        if (operator, key) not in dropped:
            left.setdefault(operator, {})[key] = value
    return ("Condition",), left or REMOVED


def statements(site: Site, *kinds: Kind) -> Iterator[Statement]:
    """Every statement of the resource's documents of these kinds, or of all."""
    for pattern, kind in DOCUMENTS.get(site.type, ()):
        if kinds and kind not in kinds:
            continue
        for place in places(site.properties, pattern):
            if (document := opened(site, place.path)) is not None:
                yield from _of(document, kind)


def for_statements(
    name: str, kinds: tuple[Kind, ...], weaken: Weaken, *, once: bool = False
) -> tuple[Operator, Operator]:
    """Two operators that weaken statements: one those about models, one the others.

    Args:
        name: Id of the second; the first has `model-` before it.
        kinds: Which documents.
        weaken: Every single way to weaken one statement.
        once: Whether one weakening a document is enough, those of its other statements being its equals.
    """
    return (
        _made(f"model-{name}", MutantClass.GENAI, kinds, weaken, once=once),
        _made(name, MutantClass.CONVENTIONAL, kinds, weaken, once=once),
    )


def for_model_statements(name: str, kinds: tuple[Kind, ...], weaken: Weaken) -> Operator:
    """An operator that weakens statements about models only. The arguments are those of `for_statements`."""
    return _made(name, MutantClass.GENAI, kinds, weaken, once=False)


def _made(
    name: str, mutant_class: MutantClass, kinds: tuple[Kind, ...], weaken: Weaken, *, once: bool
) -> Operator:
    def weakenings(site: Site) -> Iterator[Weakening]:
        done: list[Path] = []
        for statement in statements(site, *kinds):
            if statement.is_about_models != (mutant_class is MutantClass.GENAI):
                continue
            if once and statement.document.path in done:
                continue
            for weakening in weaken(statement):
                done.append(statement.document.path)
                yield weakening

    types = tuple(t for t, documents in DOCUMENTS.items() if any(kind in kinds for _, kind in documents))
    return Operator(id=name, mutant_class=mutant_class, resource_types=types, weaken=weakenings)


def _of(document: Opened, kind: Kind) -> Iterator[Statement]:
    if not is_object(document.body):
        return
    found = list(places(document.body, "Statement.*"))
    for number, place in enumerate(found, start=1):
        if is_object(place.value) and not is_intrinsic(place.value):
            label = place.value.get("Sid")
            yield Statement(
                document=document,
                kind=kind,
                path=place.path,
                body=place.value,
                label=label if isinstance(label, str) else f"Statement {number}",
                alone=len(found) == 1,
            )
