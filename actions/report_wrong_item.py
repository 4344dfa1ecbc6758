"""This is not what I ordered."""

from actions.item_reports import ItemReport, item_asks
from crm_store.cases.models import CaseKind


class ActionReportWrongItem(ItemReport):
    """Take down what came instead, or what is missing from the parcel."""

    action_name = "action_report_wrong_item"
    intents = frozenset({"report_wrong_item"})
    asks = item_asks("utter_wrong_item_what", intents)
    kind = CaseKind.wrong_item
