"""The workshop: a page for a room, with levers that answer at once."""
