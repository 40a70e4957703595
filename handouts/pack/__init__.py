"""A content pack, of any region of the body: its shape, words, reading, checking."""
