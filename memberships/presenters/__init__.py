"""Words and rows for templates, from annotated rows; no query of its own."""
