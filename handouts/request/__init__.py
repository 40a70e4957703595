"""What is asked for: the request and its patient, the look, addresses, protocols."""
