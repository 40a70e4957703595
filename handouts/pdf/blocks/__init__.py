"""A block of a document → boxes, one module a kind."""
