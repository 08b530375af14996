"""The pages of the desk. They show and ask; what is done is done by `desk.acts`."""
