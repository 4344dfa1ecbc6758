"""`rapport up`: everything running, from one command, and nothing left behind."""
