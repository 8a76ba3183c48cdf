"""A practice telephone exchange with residents who speak: for the demo, for rehearsals and for tests."""
