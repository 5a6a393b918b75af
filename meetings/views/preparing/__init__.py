"""The facilitator's pages for preparing a meeting. Ordinary pages: they work without script."""
