"""What EmbedStack adds to Apache Superset: configuration, tenancy walls, bootstrap."""
