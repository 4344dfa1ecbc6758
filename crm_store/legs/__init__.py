"""The telephone legs of a call that a person takes: the caller's, the agent's, a colleague's."""
