"""Which rows a guest sees: terms of the catalogue, the rules of an identity, and their digest."""
