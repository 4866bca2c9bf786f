"""三方核对: HR's roster, the register and WeCom's address book side by side, and what to do."""
