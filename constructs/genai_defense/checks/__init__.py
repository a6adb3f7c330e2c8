"""Rules over synthesized templates. Only `plugin`, `nag_packs` and `acknowledge` start the CDK."""
