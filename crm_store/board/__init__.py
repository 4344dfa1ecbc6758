"""The supervisor's numbers: each defined once, in SQL, over what the store keeps anyway."""
