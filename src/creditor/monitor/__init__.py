"""Owns the store of alerts: an append-only log of clues handed to it, and what may happen to each."""
