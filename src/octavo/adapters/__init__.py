"""Where ports meet the world: databases, folders, engines, files of every kind."""
