"""Who has looked at or changed what: written once, and chained so that a change shows."""
