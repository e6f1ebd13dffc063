"""The command line: the only place where the parts of the program are put together."""
