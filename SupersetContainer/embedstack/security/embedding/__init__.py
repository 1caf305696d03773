"""JWT embedding: a configured issuer's tokens become guests behind the same walls."""
