"""Tables become figure specifications in plain JSON, and those become SVG; no economics here."""
