"""What all blocks are laid out with: theme, text, boxes, the tagging canvas."""
