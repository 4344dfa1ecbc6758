"""Try stated interests on the demo shop with Open Opus: `python -m tests.bench.opus`.

A wish is answered if a fitting kin and a fitting neighbour are among the first three, and every
reason is true of its product.
"""

import asyncio
import sys
from uuid import uuid4

from channels.up.settings import UpSettings
from crm_store.base import Language, utc_now
from crm_store.catalogue.encoders import Encoder, encoder_named
from crm_store.db import SessionFactory
from crm_store.suggestions.matching import Matcher
from crm_store.suggestions.ranking import Pick
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish
from tests.bench.interests import INTERESTS, WORKS, interests_in
from tests.bench.shops import shop

AIM = 36


async def main() -> None:
    """Print for each language how many interests are answered, and which are not."""
    if not WORKS.is_file():
        sys.stdout.write(f"nothing to measure: {WORKS} is not here\n")
        return
    encoder = await asyncio.to_thread(encoder_named, UpSettings().rapport_encoder)
    interests = interests_in(INTERESTS)
    async with shop("opus", WORKS, "openopus", encoder, with_demo=True) as sessions:
        for language in Language:
            answered = 0
            for interest in interests:
                picks = await _picks(sessions, encoder, interest.said[language], language)
                faults = interest.faults(picks)
                answered += not faults
                if faults:
                    shown = "; ".join(f"{p.candidate.title} [{p.candidate.kind}]" for p in picks)
                    sys.stdout.write(f"{interest.said[language]}: {faults} {shown}\n")
            sys.stdout.write(f"{language}: {answered} of {len(interests)} (aim {AIM})\n")


async def _picks(
    sessions: SessionFactory, encoder: Encoder, words: str, language: Language
) -> list[Pick]:
    wish = Wish(conversation=uuid4(), text=words, language=language)
    async with sessions() as session:
        store = SuggestionRepository(session, language)
        matcher = Matcher(encoder)
        asked = await matcher.understand(wish)
        found = await matcher.picks(
            store, asked, without=frozenset(), most=3, currency="EUR", at=utc_now()
        )
        return found.chosen


if __name__ == "__main__":
    asyncio.run(main())
