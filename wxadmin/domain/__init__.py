"""What things are and what may happen to them: plain values, no input or output."""
