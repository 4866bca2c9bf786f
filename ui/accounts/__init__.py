"""账号: the register of accounts, its four lists of what is amiss, and every lawful act."""
