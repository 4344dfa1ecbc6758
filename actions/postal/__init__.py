"""Postal addresses as people write and speak them, in German, Swiss, British and US forms."""
