"""Who a guest is, what its token must prove, and what it may do."""
