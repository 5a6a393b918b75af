"""Pages and commands over HTTP. Each view finds who is asking, makes a command, shows what came."""
