"""The forms of the flows, one module for each kind of record. What they do with what was typed is in the flows."""
