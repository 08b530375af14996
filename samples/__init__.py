"""Sample dossiers of our own drawing, with the truth beside them: for the demonstration, the tests, the accuracy."""
