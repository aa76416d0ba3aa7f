"""Where economies, model and changes meet: the one way to run a model."""
