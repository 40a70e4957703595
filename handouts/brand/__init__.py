"""The practice: its brand file, colours and logo."""
