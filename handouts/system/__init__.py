"""What everyone uses of the machine: whole files, locks, bounds, signals, what is kept."""
