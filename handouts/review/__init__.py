"""What a reviewer needs: sheets to sign, what changed since, signatures, what is due, hazards."""
