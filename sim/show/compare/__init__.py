"""Showing a comparison: the table, the charts, the report."""
