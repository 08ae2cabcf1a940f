"""The claims, told: their table on a terminal and one chart for each."""
