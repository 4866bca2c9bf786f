"""Scanned paper in: pages, the codes on them, and each page cut out as a file of its own."""
