"""表单: the forms to be printed, signed and filed, each with its paper beside the list."""
