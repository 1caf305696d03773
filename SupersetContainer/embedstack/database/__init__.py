"""How Superset reaches the clinic database."""
