"""The assistant: Rasa, its dialogues and the way in."""
