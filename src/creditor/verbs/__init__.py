"""One function per verb, each returning an Answer: all that the face and the command line call."""
