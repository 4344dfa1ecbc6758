"""Every table of the store, known to SQLAlchemy once this module is imported."""

from crm_store.agents import models as agents
from crm_store.audit import models as audit
from crm_store.base import Base
from crm_store.callbacks import models as callbacks
from crm_store.calls import models as calls
from crm_store.canned import models as canned
from crm_store.cases import models as cases
from crm_store.catalogue import models as catalogue
from crm_store.conversations import models as conversations
from crm_store.customers import models as customers
from crm_store.drafts import models as drafts
from crm_store.handoffs import models as handoffs
from crm_store.insight import models as insight
from crm_store.invoices import models as invoices
from crm_store.legs import models as legs
from crm_store.orders import models as orders
from crm_store.outbox import models as outbox
from crm_store.passages import models as passages
from crm_store.privacy import models as privacy
from crm_store.recordings import models as recordings
from crm_store.referrals import models as referrals
from crm_store.returns import models as returns
from crm_store.reviews import models as reviews
from crm_store.routing import models as routing
from crm_store.shop import models as shop
from crm_store.strategy import models as strategy
from crm_store.suggestions import models as suggestions
from crm_store.vouchers import models as vouchers

METADATA = Base.metadata
NOUNS = (
    agents,
    audit,
    callbacks,
    calls,
    canned,
    cases,
    catalogue,
    conversations,
    customers,
    drafts,
    handoffs,
    insight,
    invoices,
    legs,
    orders,
    outbox,
    passages,
    privacy,
    recordings,
    referrals,
    returns,
    reviews,
    routing,
    shop,
    strategy,
    suggestions,
    vouchers,
)
