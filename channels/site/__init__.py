"""The pages and scripts that a browser loads."""
