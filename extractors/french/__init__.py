"""French values in text: every parser finds candidates with their span, and none ever raises."""
