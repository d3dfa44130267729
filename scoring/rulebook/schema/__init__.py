"""What the rule files may contain, as data: for editors, for the reference and for the tests."""
