"""What errands need to know: how each thing is asked for, and heard in the customer's words."""
