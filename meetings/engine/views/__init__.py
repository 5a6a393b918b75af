"""What each audience may see at a moment."""

from meetings.engine.views.laptop import for_facilitator, places
from meetings.engine.views.phones import for_room, for_screen, for_seat
from meetings.engine.views.shared import preview

__all__ = ["for_facilitator", "for_room", "for_screen", "for_seat", "places", "preview"]
