"""One module a kind of document: what it says, read from labels, places and sentence forms."""
