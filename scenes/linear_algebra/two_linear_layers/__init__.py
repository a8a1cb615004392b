"""Two linear layers are one."""
