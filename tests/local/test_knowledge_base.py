"""The stand-in's knowledge base: documents come in by its role, go out when deleted, and filters hold."""

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from genai_defense.local.clients import aws_client
from genai_defense.local.emulator import Emulator
from tests.local.documents import KNOWLEDGE, OUTPUTS, Aws, Deploy, allow, role


@dataclass(frozen=True)
class Base:
    """A deployed knowledge base.

    Attributes:
        aws: Clients.
        names: Outputs of the stack.
    """

    aws: Aws
    names: dict[str, str]

    def put(self, key: str, text: str, metadata: dict[str, Any] | None = None) -> str:
        """Put a passage into the bucket; its address."""
        s3, bucket = self.aws("s3"), self.names["Bucket"]
        s3.put_object(Bucket=bucket, Key=key, Body=text.encode())
        if metadata is not None:
            body = json.dumps({"metadataAttributes": metadata}).encode()
            s3.put_object(Bucket=bucket, Key=f"{key}.metadata.json", Body=body)
        return f"s3://{bucket}/{key}"

    def ingest(self, uri: str) -> str:
        """Hand a document over; the status that came of it."""
        document = {
            "content": {"dataSourceType": "S3", "s3": {"s3Location": {"uri": uri}}},
            "metadata": {"type": "S3_LOCATION", "s3Location": {"uri": f"{uri}.metadata.json"}},
        }
        (accepted,) = self._documents("ingest_knowledge_base_documents", documents=[document])
        assert accepted["status"] == "STARTING"
        return self.status(uri)

    def status(self, uri: str) -> str:
        """Where a document stands."""
        (detail,) = self._documents("get_knowledge_base_documents", documentIdentifiers=[_identifier(uri)])
        assert detail["identifier"] == _identifier(uri)
        return str(detail["status"])

    def delete(self, uri: str) -> str:
        """Delete a document from the index."""
        (detail,) = self._documents("delete_knowledge_base_documents", documentIdentifiers=[_identifier(uri)])
        return str(detail["status"])

    def _documents(self, operation: str, **arguments: Any) -> list[dict[str, Any]]:
        names = {"knowledgeBaseId": self.names["Base"], "dataSourceId": self.names["Source"]}
        answer = getattr(self.aws("bedrock-agent"), operation)(**names, **arguments)
        details: list[dict[str, Any]] = answer["documentDetails"]
        return details

    def empty(self) -> None:
        """Make the bucket one that can be deleted."""
        s3, bucket = self.aws("s3"), self.names["Bucket"]
        listed = s3.list_object_versions(Bucket=bucket)
        for version in [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]:
            s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])

    def ask(self, query: str, **search: Any) -> list[str]:
        """Addresses of what is found."""
        answer = self.aws("bedrock-agent-runtime").retrieve(
            knowledgeBaseId=self.names["Base"],
            retrievalQuery={"text": query},
            retrievalConfiguration={"vectorSearchConfiguration": search},
        )
        return [one["location"]["s3Location"]["uri"] for one in answer["retrievalResults"]]


def _identifier(uri: str) -> dict[str, Any]:
    return {"dataSourceType": "S3", "s3": {"uri": uri}}


@pytest.fixture
def base(aws: Aws, deploy: Deploy) -> Generator[Base]:
    """A knowledge base over a bucket."""
    made = Base(aws, deploy(KNOWLEDGE, OUTPUTS))
    yield made
    made.empty()


def test_a_document_is_found_by_its_words_with_its_metadata(base: Base) -> None:
    uri = base.put(
        "passages/north/a.txt", "The Aurora lamp has three years of warranty.", {"tenant": "north"}
    )
    assert base.ask("warranty") == []
    assert base.ingest(uri) == "INDEXED"
    assert base.ask("How long is the warranty of the Aurora lamp?") == [uri]
    answer = base.aws("bedrock-agent-runtime").retrieve(
        knowledgeBaseId=base.names["Base"], retrievalQuery={"text": "warranty"}
    )
    (found,) = answer["retrievalResults"]
    assert found["metadata"]["tenant"] == "north"
    assert found["content"]["text"] == "The Aurora lamp has three years of warranty."


def test_a_filter_by_tenant_holds_and_an_unknown_operator_is_an_error(base: Base) -> None:
    uris = {
        tenant: base.put(f"passages/{tenant}/a.txt", "Three years of warranty.", {"tenant": tenant})
        for tenant in ("north", "south")
    }
    for uri in uris.values():
        base.ingest(uri)
    assert base.ask("warranty", filter={"in": {"key": "tenant", "value": ["south", "shared"]}}) == [
        uris["south"]
    ]
    with pytest.raises(ClientError, match="does not know the operator startsWith"):
        base.ask("warranty", filter={"startsWith": {"key": "tenant", "value": "n"}})


def test_a_deleted_document_is_not_found_any_more(base: Base) -> None:
    uri = base.put("passages/north/a.txt", "Three years of warranty.", {"tenant": "north"})
    base.ingest(uri)
    assert (base.delete(uri), base.status(uri), base.ask("warranty")) == ("DELETING", "NOT_FOUND", [])
    assert base.delete(uri) == "NOT_FOUND"


@pytest.mark.parametrize(
    ("key", "metadata"),
    [
        ("originals/north/a.txt", {"tenant": "north"}),
        ("passages/north/a.txt", None),
        ("passages/north/a.txt", {"tenant": ["north"]}),
    ],
)
def test_what_cannot_be_read_whole_is_not_found(
    base: Base, key: str, metadata: dict[str, Any] | None
) -> None:
    uri = base.put(key, "Three years of warranty.", metadata)
    assert (base.ingest(uri), base.ask("warranty")) == ("FAILED", [])


def test_documents_are_read_with_the_rights_of_its_role(base: Base) -> None:
    """The bucket's policy takes away what the role's own policy gives."""
    uri = base.put("passages/north/a.txt", "Three years of warranty.", {"tenant": "north"})
    s3, bucket = base.aws("s3"), base.names["Bucket"]
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    assert base.ingest(uri) == "FAILED"
    s3.delete_bucket_policy(Bucket=bucket)
    assert base.ingest(uri) == "INDEXED"


def test_an_ingestion_job_follows_the_bucket(base: Base) -> None:
    names = {"knowledgeBaseId": base.names["Base"], "dataSourceId": base.names["Source"]}
    agent = base.aws("bedrock-agent")
    uri = base.put("passages/north/a.txt", "Three years of warranty.", {"tenant": "north"})
    base.put("originals/north/a.txt", "Three years of warranty.")
    job = agent.start_ingestion_job(**names)["ingestionJob"]
    done = agent.get_ingestion_job(**names, ingestionJobId=job["ingestionJobId"])["ingestionJob"]
    assert (done["status"], done["statistics"]["numberOfNewDocumentsIndexed"]) == ("COMPLETE", 1)
    assert base.ask("warranty") == [uri]
    base.aws("s3").delete_object(Bucket=base.names["Bucket"], Key="passages/north/a.txt")
    agent.start_ingestion_job(**names)
    assert base.ask("warranty") == []


@pytest.fixture
def caller(base: Base, emulator: Emulator) -> Callable[[dict[str, Any]], Any]:
    """Makes the session of a role that may do one thing."""

    def session(statement: dict[str, Any]) -> Callable[[str], Any]:
        iam, where = base.aws("iam"), emulator.endpoint
        document = {"Version": "2012-10-17", "Statement": [statement]}
        trust = {"Effect": "Allow", "Principal": {"AWS": where.account}, "Action": "sts:AssumeRole"}
        name = f"caller-{abs(hash(str(statement)))}"
        made = iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        )
        iam.put_role_policy(RoleName=name, PolicyName="Inline", PolicyDocument=json.dumps(document))
        keys = base.aws("sts").assume_role(RoleArn=made["Role"]["Arn"], RoleSessionName="test")["Credentials"]
        return lambda service: aws_client(
            service, url=where.url, region=where.region, account=where.account, session=keys
        )

    return session


@pytest.mark.parametrize(
    ("action", "allowed"), [("bedrock:Retrieve", True), ("bedrock:RetrieveAndGenerate", False)]
)
def test_iam_decides_who_may_search(
    base: Base,
    caller: Callable[[dict[str, Any]], Any],
    action: str,
    allowed: bool,  # noqa: FBT001 - a table
) -> None:
    asker = Base(caller(allow(action, base.names["Arn"])), base.names)
    if allowed:
        assert asker.ask("warranty") == []
    else:
        with pytest.raises(ClientError, match="not authorized"):
            asker.ask("warranty")


def test_iam_sees_which_knowledge_base_is_searched(
    base: Base, caller: Callable[[dict[str, Any]], Any]
) -> None:
    asker = Base(caller(allow("bedrock:Retrieve", base.names["Arn"] + "X")), base.names)
    with pytest.raises(ClientError, match="not authorized"):
        asker.ask("warranty")


@pytest.mark.parametrize("operation", ["ingest", "delete", "status"])
def test_iam_decides_who_may_bring_and_take_away(
    base: Base, caller: Callable[[dict[str, Any]], Any], operation: str
) -> None:
    """Whoever may search may not do these."""
    uri = base.put("passages/north/a.txt", "Three years of warranty.", {"tenant": "north"})
    outsider = Base(caller(allow("bedrock:Retrieve", base.names["Arn"])), base.names)
    with pytest.raises(ClientError, match=r"not authorized to perform: bedrock:\w+KnowledgeBaseDocuments"):
        getattr(outsider, operation)(uri)


def test_a_deny_for_all_but_one_role_lets_that_role_through(
    base: Base, caller: Callable[[dict[str, Any]], Any]
) -> None:
    """`aws:PrincipalArn` is the role's ARN, whatever its session is called."""
    bucket = base.names["Bucket"]
    statement = allow("s3:PutObject", f"arn:aws:s3:::{bucket}/*")
    writer = caller(statement)("s3")
    arn = caller(allow("sts:GetCallerIdentity", "*"))("sts").get_caller_identity()["Arn"]
    assert ":assumed-role/" in arn
    for name, outcome in (("caller-*", "taken"), ("somebody-else", "refused")):
        deny = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:PutObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
            "Condition": {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::*:role/{name}"]}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
        base.aws("s3").put_bucket_policy(Bucket=bucket, Policy=policy)
        if outcome == "taken":
            writer.put_object(Bucket=bucket, Key="x", Body=b"x")
        else:
            with pytest.raises(ClientError, match="AccessDenied"):
                writer.put_object(Bucket=bucket, Key="x", Body=b"x")
    base.aws("s3").delete_bucket_policy(Bucket=bucket)


def test_a_role_without_rights_reads_nothing(aws: Aws, deploy: Deploy) -> None:
    idle = role("bedrock.amazonaws.com", allow("s3:ListAllMyBuckets", "*"))
    base = Base(aws, deploy({**KNOWLEDGE, "Reader": idle}, OUTPUTS))
    uri = base.put("passages/north/a.txt", "Three years of warranty.", {"tenant": "north"})
    assert base.ingest(uri) == "FAILED"
    base.empty()
