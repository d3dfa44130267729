"""The commands of `kaohe`: one file a group; heavy imports only inside the command that needs them."""
