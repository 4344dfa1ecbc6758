"""What agents have begun to write."""
