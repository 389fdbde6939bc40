"""What must never stand anywhere in clear."""
