"""Records that leave the office: csv, JSON, masked or mapped; and what the law lets residents ask for."""
