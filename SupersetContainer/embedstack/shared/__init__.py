"""Schema `shared`: what Superset and the Api tell each other."""
