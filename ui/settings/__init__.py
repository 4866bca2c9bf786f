"""设置: what the company decided, how it is laid out, backups, and the look."""
