"""Where feedback goes: to a queue that people work through, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_sqs import SQSClient

    from conversations.request import Feedback

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Reviews:
    """Sends feedback to the review queue.

    Args:
        client: SQS, with short timeouts.
        queue_url: The queue, which encrypts.
    """

    client: SQSClient
    queue_url: str

    def send(self, feedback: Feedback, user_id: str, now: datetime) -> None:
        """Put one feedback into the queue, with the caller as its author.

        Raises:
            botocore.exceptions.ClientError: SQS refused.
        """
        content = {
            "version": VERSION,
            "user_id": user_id,
            "time": now.isoformat(timespec="milliseconds"),
            **asdict(feedback),
        }
        self.client.send_message(QueueUrl=self.queue_url, MessageBody=json.dumps(content))
