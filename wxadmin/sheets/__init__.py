"""Workbooks in and out; the only room that knows openpyxl and calamine."""
