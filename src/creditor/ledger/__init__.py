"""The ledger: claims from whom on whom, what is unknown among them, and who owns them in the end."""
