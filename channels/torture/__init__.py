"""Trying whether the promises hold while programs and people drop out at random."""
