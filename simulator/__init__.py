"""A practice telephone exchange whose residents speak; for demo, rehearsal and tests."""
