"""导入: HR's lists dropped, columns settled, the plan looked at line by line, applied."""
