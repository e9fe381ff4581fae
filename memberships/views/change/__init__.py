"""The flows by which editors change facts, one module for each kind of record (`memberships.flows` says how they go)."""
