"""Forms for what a group keeps. Whatever is wrong with one, it gives back all that was typed."""
