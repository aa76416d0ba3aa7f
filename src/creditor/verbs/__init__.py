"""One function per verb, each returning an Answer: the only thing that the face, the command line and HTTP call."""
