"""From published figures to the ledger and perimeter of one economy."""
