"""It came broken."""

from actions.item_reports import ItemReport, item_asks
from crm_store.cases.models import CaseKind


class ActionReportDamaged(ItemReport):
    """Take down what is damaged or does not work."""

    action_name = "action_report_damaged"
    intents = frozenset({"report_damaged"})
    asks = item_asks("utter_damaged_what", intents)
    kind = CaseKind.damaged
