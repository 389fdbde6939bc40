"""The pages of the desktop, one module each. `frame` shows them; a page calls casework and never another page."""
