"""Settings from the environment, and the Superset configuration made of them."""
