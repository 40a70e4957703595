"""What may be said: a request held against the rules of a pack."""
