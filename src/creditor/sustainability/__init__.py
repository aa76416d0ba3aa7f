"""Debt sustainability: paths of debt, their shocks and stress, the rules they meet, the least effort."""
