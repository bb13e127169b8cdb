"""Waits for what other tasks of the same loop bring about."""

import asyncio

FEW = 25
"""Pairs that a question of these tests has at most, in place of a hundred."""


async def until(true, seconds=30.0):
    """Waits until something holds."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)
