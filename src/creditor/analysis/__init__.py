"""Questions people ask of a ledger or a run."""
