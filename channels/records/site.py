"""The administration at `/admin`, beside the desk."""

from hashlib import sha256

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette_admin.base import BaseAdmin
from starlette_admin.i18n import I18nConfig
from starlette_admin.theme import DefaultTheme, TablerSettings
from starlette_admin.views import Link

from channels.records.canned import CannedView
from channels.records.customers import CustomerView
from channels.records.guard import Guard
from channels.records.log import AuditView
from channels.records.pages import Marked
from channels.records.people import PeopleView
from channels.records.policies import PolicyView
from channels.records.products import ProductView
from channels.records.words import said
from channels.settings import ChannelSettings
from crm_store.agents.models import Agent
from crm_store.audit.models import AuditEntry
from crm_store.base import Language
from crm_store.canned.models import CannedReply
from crm_store.catalogue.models import Product
from crm_store.customers.models import Customer

PLACE = "/admin"


def mount_administration(app: Starlette, settings: ChannelSettings) -> None:
    """Serve the administration."""
    secret = settings.rapport_secret.get_secret_value()
    admin = BaseAdmin(
        title="Rapport",
        base_url=PLACE,
        secret_key=sha256(f"administration {secret}".encode()).hexdigest(),
        middlewares=[Middleware(Guard)],
        theme=DefaultTheme(TablerSettings(primary="pink")),
        additional_loaders=[Marked()],
        i18n_config=I18nConfig(language_switcher=[str(language) for language in Language]),
    )
    for view in (
        CustomerView(
            Customer,
            key="customer",
            menu_label=said("customers"),
            display_name=said("customer"),
            icon="fa fa-users",
        ),
        ProductView(
            Product,
            key="product",
            menu_label=said("products"),
            display_name=said("product"),
            icon="fa fa-box",
        ),
        PolicyView(),
        CannedView(
            CannedReply,
            key="canned",
            menu_label=said("canned"),
            display_name=said("canned_reply"),
            icon="fa fa-comment-dots",
        ),
        PeopleView(
            Agent,
            key="agent",
            menu_label=said("people"),
            display_name=said("person"),
            icon="fa fa-headset",
        ),
        AuditView(
            AuditEntry,
            key="audit",
            menu_label=said("log"),
            display_name=said("entry"),
            icon="fa fa-list-check",
        ),
        Link(menu_label=said("to_desk"), icon="fa fa-arrow-left", url="/desk"),
    ):
        admin.add_view(view)
    admin.mount_to(app)
