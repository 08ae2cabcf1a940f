"""The fast twin: the flow of the SimPy processes stated a second time, compiled. The first is the specification.

Laws, luck, people, relations, customers, tallies and measures are the model's own, compiled from their source; only who
waits for whom, and what comes next, is written again. ``company.py`` holds the loop, ``life.py`` the life of a job.
"""
