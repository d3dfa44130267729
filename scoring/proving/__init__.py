"""Whether worked examples show all that rules can do, and notice every change of them."""
