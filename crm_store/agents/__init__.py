"""The people at the desk."""
