"""The pages of people, roles and groups, one module a page."""
