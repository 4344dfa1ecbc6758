"""What an agent is promised to see; a field that is lost here is a question asked twice."""

from typing import Final

MESSAGE: Final = "seq kind author name text choices cards id at type"
HANDOFF: Final = (
    "reason note department wanted_agent trigger requested_at claimed_at agent ended_at outcome"
    " code outcome_note signs"
)
INTEREST: Final = "text source strength at"
FACT: Final = "what value source"
LINES: Final = ("who", "wants", "tried", "missing", "next")
FIELDS: Final = {
    "": "conversation brief form countries handoff handoffs messages customer interests orders"
    " returns cases suggestions understood happened done earlier legs recording",
    "conversation": "id channel language handler epoch opened_at closed_at agent agent_id slots"
    " level verified_how outcome rating last",
    "brief": " ".join(LINES),
    **{f"brief.{line}[]": FACT for line in LINES},
    "brief.who[].source": "kind ref",
    "form": "title given missing unproved",
    "handoff": HANDOFF,
    "handoff.trigger": "seq text",
    "handoffs[]": HANDOFF,
    "messages[]": MESSAGE,
    "messages[].choices[]": "title",
    "customer": "id number name language contacts since interests level",
    "customer.contacts[]": "kind value",
    "customer.interests[]": INTEREST,
    "interests[]": INTEREST,
    "orders[]": "number state placed_at expected_on shipped_at delivered_at carrier tracking total"
    " currency lines",
    "orders[].lines[]": "sku title quantity price",
    "cases[]": "id number kind state text reply_to agent_id tags opened_at due_at closed_at",
    "returns[]": "number order kind state reason announced_at refund currency lines",
    "returns[].lines[]": "title quantity",
    "suggestions[]": "title reason outcome rank derivation at decided_at place here",
    "happened[]": "kind ref seq at",
    "understood[]": "seq intent confidence",
    "done[]": "seq action at result",
    "earlier[]": "id channel opened_at summary outcome recorded seen_by",
    "recording": "state answered_at seconds",
}
