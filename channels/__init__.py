"""The ways in which customers and agents reach Rapport."""
