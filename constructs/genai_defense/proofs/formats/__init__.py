"""How the provers' report is written."""
