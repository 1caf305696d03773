"""What the tests need around the package."""
