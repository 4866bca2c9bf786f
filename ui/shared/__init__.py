"""Parts every desk is built from; none of them knows a desk or a service."""
