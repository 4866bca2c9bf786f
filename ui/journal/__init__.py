"""日志: what was done, field by field, and taking it back."""
