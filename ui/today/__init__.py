"""今日: what is to be seen to, each line one step from its place."""
