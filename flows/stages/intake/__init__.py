"""First stage: an interview document becomes a validated interview."""
