"""Studies: a question to many companies, from a file to a table.

``asked.py`` says what a study file may say, ``designs.py`` which points it asks for, ``runs.py`` what one run gives,
``parts.py`` how runs are kept so that none is lost, and ``study.py`` brings these together.
"""
