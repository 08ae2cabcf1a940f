"""Asking a company questions: replications, intervals, and the folder of results."""
