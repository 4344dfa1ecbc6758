"""What the demo's pages ask for: its shelves, its people and the messages it pretends to send."""
