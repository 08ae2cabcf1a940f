"""Showing the answers: tables and charts."""
