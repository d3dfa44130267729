"""What rules reward: whether doing better, or reporting at all, can ever cost points."""
