"""Pictures, for PDF and HTML: their SVG and inks."""
