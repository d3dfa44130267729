"""The front door: settings, wiring, ASGI application, command line."""
