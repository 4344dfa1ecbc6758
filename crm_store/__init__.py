"""The record of every contact: customers, orders, catalogue, conversations and what follows from them."""
