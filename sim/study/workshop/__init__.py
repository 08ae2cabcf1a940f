"""The workshop's questions: levers in a trainer's words, and what becomes of a company when they are moved."""
