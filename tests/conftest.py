"""What all tests share: property tests that draw the same examples on every machine."""

from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
