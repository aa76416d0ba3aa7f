"""Numbers move: a checked model is run over periods and paths; the engine knows no economics."""
