"""Everything that is true without a screen: rules, plans, the register, sheets and paper."""
