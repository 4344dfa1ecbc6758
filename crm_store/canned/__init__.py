"""Words that agents send often."""
