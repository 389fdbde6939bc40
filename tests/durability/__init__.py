"""What is on disk when somebody was told so."""
