"""The phone line: Twilio's ConversationRelay does the speech, we exchange text."""
