"""The phone line as Twilio has it, and as it is reached from outside."""

from collections.abc import AsyncIterator

from channels.doctor.findings import Finding, fine, judged, mend, unknown
from channels.doctor.settings import DoctorSettings
from channels.phone.registration import Registered, Registration
from channels.phone.rest import PhoneCompanyFailed
from channels.phone.round_trip import Reached, RoundTrip
from channels.settings import PhoneMode

MOST_DRIFT_SECONDS = 60.0
ADDENDUM = (
    "Whether the account may use ConversationRelay cannot be asked: accept the Predictive and "
    "Generative AI/ML Features Addendum in the console under Voice, Settings, or set "
    "RAPPORT_PHONE_MODE=gather."
)


async def line(settings: DoctorSettings) -> AsyncIterator[Finding]:
    """Ask Twilio about the account and the number, and the public address about our own routes."""
    if not settings.has_account:
        yield unknown("Twilio", "No account is set; the simulator needs none.")
        return
    async for finding in _registered(settings):
        yield finding
    for finding in await _reached(settings):
        yield finding
    if settings.rapport_phone_mode is PhoneMode.relay:
        yield unknown("ConversationRelay", ADDENDUM)


async def _registered(settings: DoctorSettings) -> AsyncIterator[Finding]:
    registration = Registration(
        settings.twilio_account_sid or "",
        settings.twilio_token,
        number=settings.rapport_phone_number,
        address=settings.rapport_twilio_url,
    )
    try:
        state = await registration.account_state()
        yield judged(state == "active", "the account", if_not=f"It is {state}: see the console.")
        for finding in _number(settings, await registration.number()):
            yield finding
        drift = await registration.clock_drift()
    except PhoneCompanyFailed as failure:
        remedy = f"It was refused ({failure}); look at TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, "
        yield mend("Twilio", f"{remedy}RAPPORT_PHONE_NUMBER.")
        return
    remedy = f"It is {drift:.0f} s off Twilio's: let this machine follow NTP."
    yield judged(drift <= MOST_DRIFT_SECONDS, "the clock against Twilio's", if_not=remedy)


def _number(settings: DoctorSettings, number: Registered | None) -> list[Finding]:
    if number is None:
        remedy = "The account has no such number; look at RAPPORT_PHONE_NUMBER."
        return [mend("the number", remedy)]
    base = (settings.rapport_public_url or "").rstrip("/")
    voice, status = f"{base}/phone/voice", f"{base}/phone/status"
    return [
        judged(number.speaks, "the number", if_not="It cannot voice; take another."),
        _address("a call comes in", number.voice_url, number.voice_method, ours=voice),
        _address("call status changes", number.status_url, number.status_method, ours=status),
        _fallback(number.fallback_url, settings.rapport_phone_fallback_url, base),
    ]


def _address(what: str, found: str, method: str, *, ours: str) -> Finding:
    well = found.partition("?")[0] == ours and method == "POST"
    return judged(well, f'"{what}"', if_not=f"Set it to {ours} by POST; it is {found or 'empty'}.")


def _fallback(found: str, ours: str, base: str) -> Finding:
    what = '"primary handler fails"'
    if not found:
        return mend(what, "Set it to a TwiML Bin with the text of `rapport phone-fallback`.")
    if base and found.startswith(base):
        return mend(what, "It is this machine too; set it to a TwiML Bin, which does not need it.")
    # A call that we make has no number whose fallback it could take.
    remedy = f"Set RAPPORT_PHONE_FALLBACK_URL to it as well: {found}."
    return judged(found == ours, what, if_not=remedy)


async def _reached(settings: DoctorSettings) -> list[Finding]:
    address, account = settings.rapport_public_url, settings.twilio_account_sid
    if not address or not account:
        return [mend("the public address", "Set RAPPORT_PUBLIC_URL to where Twilio reaches us.")]
    secure = judged(
        address.startswith("https://"),
        "https",
        if_not="Twilio speaks to sockets by TLS only: put a proxy with a certificate before it.",
    )
    trip = RoundTrip(address, account, settings.twilio_token)
    return [secure, _webhook(await trip.webhook()), _socket(await trip.socket())]


def _webhook(reached: Reached) -> Finding:
    what = "a signed webhook"
    match reached:
        case Reached.let_in:
            return fine(what, "is let in, and an unsigned one is not")
        case Reached.refused:
            return mend(what, "It was refused: the address or the token is another there.")
        case Reached.open_to_all:
            return mend(what, "An unsigned one was let in: another program answers there.")
        case Reached.nobody:
            return mend(what, "Nobody answers at RAPPORT_PUBLIC_URL; is `rapport up` running?")


def _socket(reached: Reached) -> Finding:
    remedy = "It does not open: have the proxy pass websockets on to /phone/relay."
    return judged(reached is Reached.let_in, "the relay's socket", if_not=remedy)
