"""Request → bytes, through kept plates; what was given, kept and told."""
