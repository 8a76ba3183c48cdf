"""Clauses about health, whoever's it is, that name no symptom or deny one in ways of their own. Pure."""
