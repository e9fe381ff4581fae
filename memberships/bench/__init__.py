"""Measuring the register at the size of a country, by ratios alone: each thing beside what it cannot be faster than.

`rows` says what is measured beside what, `measuring` how, `server` serves, `programs` runs PostgreSQL's own client.
"""
