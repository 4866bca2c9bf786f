"""Everything with a screen; the only place that knows Qt."""
