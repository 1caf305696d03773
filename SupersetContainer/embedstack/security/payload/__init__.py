"""Wall 0: a guest asks what the dashboard's stored charts, filters and granted drills ask, and nothing else.

Everything here works on plain dictionaries; `superset_objects` alone knows Superset's.
"""
