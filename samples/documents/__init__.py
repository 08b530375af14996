"""One module a kind of document, each with several layouts. A layout draws and tells the truth in one gesture."""
