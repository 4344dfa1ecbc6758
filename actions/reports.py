"""What the reports of something that went wrong share: regret, the case, and its promise."""

from actions.asks.ask import Refused
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_moment
from actions.frames import under_way
from crm_store.cases.models import Case, CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.orders.models import Order
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository


class Report(Errand):
    """An errand that begins with saying sorry."""

    kept_response = "utter_report_kept"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say sorry once, where the customer has just told of it."""
        begun = any(frame.errand == self.action_name for frame in under_way(turn))
        if turn.intent in self.intents and not begun:
            turn.say("utter_report_sorry")
        return await super().act(turn)


async def demand_unreported(turn: ActionTurn, order: Order, kind: CaseKind) -> None:
    """Refuse to report twice what somebody is looking into already."""
    cases = await CaseRepository(turn.session).open_of(turn.conversation, at=turn.at)
    for case in cases:
        if case.kind is kind and case.order_id == order.id:
            raise Refused("utter_report_already", **await case_words(turn, case))


async def open_case(turn: ActionTurn, kind: CaseKind, text: str, order: Order) -> dict[str, str]:
    """Open a case on an order, and return what responses may say of it."""
    case = await CaseRepository(turn.session).open(
        turn.conversation,
        kind,
        text,
        at=turn.at,
        order_id=order.id,
        cause=turn.message_id,
    )
    return await case_words(turn, case)


async def case_words(turn: ActionTurn, case: Case) -> dict[str, str]:
    """Return a case's number and by when somebody answers, by the shop's clock."""
    shop = (await PolicyRepository(turn.session).current()).shop
    promised = spell_moment(local(shop, case.promised_by), turn.language)
    return {"case_number": case.number, "promised": promised}
