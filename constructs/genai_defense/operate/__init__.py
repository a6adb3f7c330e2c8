"""What operators and reviewers do by command: restore, review, collect evidence. It needs boto3."""
