"""The account's one setting for the log of model invocations, kept without taking it from anybody."""
