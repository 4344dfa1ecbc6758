"""Whether this process lives, and whether it can serve."""

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from channels.dependencies import TheSessions

router = APIRouter(tags=["health"])


@router.get("/livez")
async def alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get("/readyz")
async def ready(sessions: TheSessions, response: Response) -> dict[str, str]:
    """Say whether the store answers; customers are served honestly even without the bot."""
    try:
        async with sessions() as session:
            await session.execute(text("SELECT 1"))
    except (OSError, SQLAlchemyError):
        response.status_code = 503
        return {"status": "the store is out of reach"}
    return {"status": "ready"}
