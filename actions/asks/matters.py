"""What customers turn to the shop with, as the bot's intents name it."""

from typing import Final

PROBLEMS: Final = (
    *("report_missing", "report_damaged", "report_wrong_item", "report_invoice_error"),
    *("report_payment_problem", "login_problem", "request_refund", "return_item"),
    *("ask_order_status", "ask_return_status", "list_orders"),
)
"""What an answer to "what happened" may sound like."""

MATTERS: Final = (
    *PROBLEMS,
    *("ask_delivery_time", "ask_delivery_options", "change_delivery_address", "change_order"),
    *("add_item", "remove_item", "cancel_order", "ask_cancellation_fee", "exchange_item"),
    *("ask_return_policy", "ask_invoice", "state_interest", "find_gift", "ask_price"),
    *("ask_availability", "notify_when_back", "compare_products", "place_order"),
    *("ask_payment_methods", "change_email", "change_phone", "change_name", "change_address"),
    *("edit_account", "create_account", "switch_account", "subscribe_newsletter"),
    *("unsubscribe_newsletter", "give_consent", "withdraw_consent", "ask_my_data"),
    *("erase_my_data", "complain", "praise", "write_review", "recommend_friend", "ask_voucher"),
    *("ask_contact", "small_talk", "insult"),
)
"""What an answer to "what is it about" may sound like."""
