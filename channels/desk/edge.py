"""The one place where a refusal becomes an answer that an agent can read."""

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from channels.phone.rest import PhoneCompanyFailed
from channels.refusing import ForeignPage, RefusingRoute
from channels.wording import the_language, wording
from crm_store.errors import (
    AlreadyClaimed,
    CallbackNotOpen,
    CaseClosed,
    CodeNeeded,
    LateWrite,
    LevelTooLow,
    LineNotFound,
    LoginRefused,
    NobodyOnTheLine,
    NoSuchDepartment,
    NotByPhone,
    NotConfirmed,
    NotDeliverable,
    NoTelephone,
    NothingLeftToReturn,
    NotInChat,
    NotRecorded,
    NotReturnable,
    NumberNotCallable,
    OfferGone,
    OrderNotCancellable,
    OrderNotChangeable,
    OrderNotDelivered,
    OrderNotFound,
    OtherCustomer,
    PasswordTooWeak,
    ReturnTooLate,
    RoleForbids,
    SameIdOtherWords,
    SecondFactorNeeded,
    StoreError,
    UnknownAgent,
    UnknownCallback,
    UnknownCase,
    UnknownCode,
    UnknownConversation,
    UnknownCustomer,
    UnknownLogin,
    UnknownMeasure,
    WrongHandler,
)


class LoginNeeded(Exception):  # noqa: N818 - it names a state, not a failure
    """The browser has no session that holds."""


class PasswordsOff(Exception):  # noqa: N818 - it names a state, not a failure
    """The shop lets agents in by its identity provider alone."""


# The first that fits counts, so the special stand before the general.
RULES: tuple[tuple[type[Exception], int, str], ...] = (
    (LoginNeeded, 401, "login_needed"),
    (ForeignPage, 403, "foreign_page"),
    (PasswordsOff, 403, "passwords_off"),
    (RoleForbids, 403, "role_forbids"),
    (SecondFactorNeeded, 401, "second_factor_needed"),
    (LoginRefused, 401, "login_refused"),
    (PasswordTooWeak, 422, "password_too_weak"),
    (UnknownLogin, 404, "unknown_login"),
    (UnknownMeasure, 404, "unknown_measure"),
    (UnknownConversation, 404, "unknown_conversation"),
    (NotRecorded, 404, "not_recorded"),
    (AlreadyClaimed, 409, "already_claimed"),
    (LateWrite, 409, "late"),
    (WrongHandler, 409, "not_yours"),
    (OfferGone, 409, "offer_gone"),
    (NotInChat, 409, "not_in_chat"),
    (NotByPhone, 409, "not_by_phone"),
    (NobodyOnTheLine, 409, "not_on_phone"),
    (NoSuchDepartment, 422, "no_department"),
    (UnknownAgent, 404, "unknown_agent"),
    (NoTelephone, 409, "no_telephone"),
    (NumberNotCallable, 422, "number_not_callable"),
    (CallbackNotOpen, 409, "callback_not_open"),
    (UnknownCallback, 404, "callback_not_open"),
    (PhoneCompanyFailed, 502, "not_rung"),
    (CodeNeeded, 422, "code_needed"),
    (UnknownCode, 422, "unknown_code"),
    (SameIdOtherWords, 409, "same_id_other_words"),
    (LevelTooLow, 409, "level_too_low"),
    (OrderNotFound, 404, "unknown_order"),
    (LineNotFound, 409, "not_returnable"),
    (NotReturnable, 409, "not_returnable"),
    (NothingLeftToReturn, 409, "not_returnable"),
    (OrderNotDelivered, 409, "not_returnable"),
    (ReturnTooLate, 409, "not_returnable"),
    (OrderNotCancellable, 409, "order_gone"),
    (OrderNotChangeable, 409, "order_gone"),
    (NotDeliverable, 422, "not_delivered_there"),
    (CaseClosed, 409, "case_closed"),
    (NotConfirmed, 422, "not_confirmed"),
    (OtherCustomer, 409, "other_customer"),
    (UnknownCustomer, 404, "unknown_customer"),
    (UnknownCase, 404, "unknown_case"),
    (StoreError, 409, "refused"),
    (RequestValidationError, 422, "invalid"),
)


class DeskRoute(RefusingRoute):
    """A route of the desk."""

    refusals = tuple(error for error, _, _ in RULES)

    @staticmethod
    def refuse(error: Exception, request: Request) -> JSONResponse:
        """Return the rule and its sentence."""
        status, rule = next((s, r) for kind, s, r in RULES if isinstance(error, kind))
        text = wording("channels.desk")[the_language(request)][rule]
        return JSONResponse({"rule": rule, "text": text}, status)
