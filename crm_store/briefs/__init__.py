"""What an agent reads first: five lines made of facts, each with where it is written."""
