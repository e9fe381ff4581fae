"""The demonstration register: an invented system kept by a local medical committee, and beside it a real one that nobody keeps.

The invented system is a log of what was recorded when (`stories`), in compact tables (`people`, `networks`,
`vocabulary`), which `replay` enters into the register through the ordinary actions, change by change, as the moments
of its history. `entries` reads the tables; `book` knows which row goes by which key.
"""
