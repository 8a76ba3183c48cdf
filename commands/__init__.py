"""The commands of ``wenhou``: their arguments, and what each of them opens and calls."""
