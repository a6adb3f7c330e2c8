"""Tells operators that an upload was kept out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingestion.ports import Manifest


@dataclass(frozen=True, slots=True)
class AlertTopic:
    """The topic of alerts. A message may come twice; tenant, digest and version say that it is the same.

    Args:
        client: SNS.
        topic_arn: The topic.
    """

    client: Any
    topic_arn: str

    def quarantined(self, manifest: Manifest) -> None:
        """Tell that an upload was kept out, and why. The name is a stranger's: it goes out as ASCII JSON."""
        message = {
            "event": "document.quarantined",
            "tenant": manifest["tenant"],
            "sha256": manifest["sha256"],
            "file_name": manifest["file_name"],
            "landing_version": manifest["landing"]["version_id"],
            "reasons": manifest["reasons"],
        }
        self.client.publish(
            TopicArn=self.topic_arn, Subject="Document quarantined", Message=json.dumps(message)
        )
