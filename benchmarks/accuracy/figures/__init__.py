"""How well charts and diagrams are read that are drawn for it, and how often something else is taken for one."""
