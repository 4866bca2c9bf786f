"""办理小窗: a small window that stays on top beside WeCom's console."""
