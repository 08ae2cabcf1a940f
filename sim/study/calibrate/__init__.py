"""From a client's own data to a scenario: a ticket log, an organisation chart, a survey.

A log is read (``reading.py``) into a table of events (``log.py``); events become jobs of departments (``jobs.py``) in
working hours (``office_hours.py``); jobs give numbers with their doubt (``estimates.py``); numbers become a scenario
(``drawn_up.py``).
"""
