"""What becomes of data when its resource leaves the template."""

from collections.abc import Iterator

from genai_defense.mutation.edit import Edit
from genai_defense.mutation.factories import CONVENTIONAL
from genai_defense.mutation.operator import Site, Weakening, operator

_STORES = (
    "AWS::Backup::BackupVault",
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
    "AWS::VerifiedPermissions::PolicyStore",
)


@operator(id="deleted-with-its-stack", mutant_class=CONVENTIONAL, resource_types=_STORES)
def with_stack(site: Site) -> Iterator[Weakening]:
    """What was kept is deleted, also when it is replaced."""
    names = [
        n for n in ("DeletionPolicy", "UpdateReplacePolicy") if site.body.get(n) in ("Retain", "Snapshot")
    ]
    if names:
        edits = (
            Edit(template=site.template, path=("Resources", site.logical_id, n), value="Delete")
            for n in names
        )
        yield Weakening("Its data go with the stack.", tuple(edits))
