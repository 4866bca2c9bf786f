"""What the user can do: one method per act, one transaction per act."""
