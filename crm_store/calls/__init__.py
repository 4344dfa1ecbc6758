"""Calls on the phone line, beside the conversations that are held in them."""
