"""The terminal door: it reads options, calls a verb and writes its answer."""
