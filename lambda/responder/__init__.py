"""Does what was decided, within limits, and leaves a record of each thing before and after it."""
