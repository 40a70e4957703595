"""What is asked for: the request and its patient, the look, codes, addresses, protocols."""
