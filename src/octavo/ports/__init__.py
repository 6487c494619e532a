"""What the core needs from the world, each small enough to fake in a minute."""
