"""Refuses assets that guests could not use safely, or that only this installation understands."""
