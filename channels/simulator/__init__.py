"""A phone without a phone company: plays Twilio's part, signed and all, against any public URL."""
