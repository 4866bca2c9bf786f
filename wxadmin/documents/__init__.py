"""Documents of word processors: the only room that knows docxtpl."""
