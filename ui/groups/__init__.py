"""The desk 群组: the roster of groups, who should be in each and who is, orders to owners."""
