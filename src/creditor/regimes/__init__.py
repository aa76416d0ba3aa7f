"""A regime is dated rules over activities and claims, with three-valued facts and computed verdicts."""
