"""The parts of the assistant that Rasa does not bring along."""
