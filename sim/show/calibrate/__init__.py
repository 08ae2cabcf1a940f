"""What was understood of a client's data, what it gave, and how far to trust it: for a terminal and as a page."""
