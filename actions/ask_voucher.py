"""Is my voucher still good?"""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_date, spell_list, spell_price
from crm_store.customers.models import Level
from crm_store.errors import TooManyTries, UnknownReferralCode, VoucherNotFound
from crm_store.referrals.repository import ReferralRepository
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository
from crm_store.vouchers.models import Voucher, VoucherState
from crm_store.vouchers.repository import VoucherRepository

RESPONSES: Final = {
    VoucherState.valid: "utter_voucher_valid",
    VoucherState.used: "utter_voucher_used",
    VoucherState.expired: "utter_voucher_expired",
}


class ActionAskVoucher(StoreAction):
    """Tell what a voucher is worth, which ones a customer has, and where to enter one."""

    action_name = "action_ask_voucher"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Look up the code that is named; without one, tell of one's own and how it is done."""
        code = turn.entity("voucher_code")
        if code is not None:
            return await _check(turn, str(code))
        if turn.conversation.current_level(turn.at) >= Level.verified:
            await _tell_own(turn)
        turn.say("utter_voucher_how")
        return []


async def _check(turn: ActionTurn, code: str) -> list[Event]:
    vouchers = VoucherRepository(turn.session)
    try:
        await vouchers.demand_tries(turn.conversation)
        voucher = await vouchers.find(code)
    except TooManyTries:
        turn.say("utter_voucher_too_many")
        return [SlotSet("question", "person")]
    except VoucherNotFound:
        await _tell_unknown(turn, code)
        return []
    policies = await PolicyRepository(turn.session).current()
    state = voucher.state(local_day(policies.shop, turn.at))
    turn.say(RESPONSES[state], **_words(voucher, turn))
    return []


async def _tell_unknown(turn: ActionTurn, code: str) -> None:
    """Say that there is no such voucher; a friend's code is none, and worth something too."""
    try:
        await ReferralRepository(turn.session).find(code)
    except UnknownReferralCode:
        VoucherRepository(turn.session).missed(turn.conversation, cause=turn.message_id)
        turn.say("utter_voucher_unknown")
        return
    policies = await PolicyRepository(turn.session).current()
    worth = spell_price(policies.referral.friend_reward, policies.shop.currency, turn.language)
    turn.say("utter_voucher_of_friend", friend_reward=worth)


async def _tell_own(turn: ActionTurn) -> None:
    policies = await PolicyRepository(turn.session).current()
    today = local_day(policies.shop, turn.at)
    own = await VoucherRepository(turn.session).of(turn.conversation, at=turn.at)
    valid = [voucher for voucher in own if voucher.state(today) is VoucherState.valid]
    if not valid:
        turn.say("utter_voucher_none")
        return
    listed = [turn.wording("utter_voucher_line", **_words(voucher, turn)) for voucher in valid]
    turn.say("utter_voucher_own", vouchers=spell_list(listed, turn.language))


def _words(voucher: Voucher, turn: ActionTurn) -> dict[str, str]:
    return {
        "voucher_code": voucher.code,
        "value": spell_price(voucher.value, voucher.currency, turn.language),
        "valid_until": spell_date(voucher.valid_until, turn.language),
    }
