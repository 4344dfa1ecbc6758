"""Ways by which a conversation goes on in another channel."""
