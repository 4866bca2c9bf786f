"""人员: everybody HR's lists name, with account, groups, exceptions and what is under way."""
