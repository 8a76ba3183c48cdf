"""The queue that people work through: in the terminal, and as sheets that go out and come back."""
