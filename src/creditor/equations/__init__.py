"""The model language: text to a typed tree, a checked model, derived accounts and an order of solution."""
