"""Simulated people with simulated phones, over real HTTP and WebSockets.

They know a server by its address and a meeting by its code. What a page offers is what they may
do; nothing here imports `meetings`. Time, chance and pace are arguments.
"""
