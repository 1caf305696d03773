"""Assets as they stand under review: UUIDs wherever Superset stores an installation's number."""
