"""Reads what a user hands over: templates of CloudFormation and SAM, and cloud assemblies."""
