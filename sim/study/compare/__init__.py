"""Several scenarios on the same luck: differences with honest intervals, and which is best."""
