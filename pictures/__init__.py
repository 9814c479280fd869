"""The pictures of docs/screenshots: each page of the demo, and the states that a sitting can come into."""
