"""Words to what is said next."""
