"""The command line of the factory, and the services it runs on this machine."""
