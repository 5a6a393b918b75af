"""A facilitator's own pages: signing in, her account, invitations, and keeping the server."""
