"""What can go wrong when companies are simulated."""


class RunFailedError(RuntimeError):
    """A replication that others wait for could not be simulated."""
