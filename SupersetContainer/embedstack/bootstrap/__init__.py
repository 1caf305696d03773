"""Brings Superset from any state to the catalogue's, in one process: `python -m embedstack.bootstrap`."""
