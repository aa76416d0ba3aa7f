"""Published numbers come in: figures with their source and vintage, and totals held against parts."""
