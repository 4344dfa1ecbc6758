"""Customers, their contact points, interests and proofs of identity."""
