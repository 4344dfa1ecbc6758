"""The ways in which the store says no. Each names a rule of the business."""


class StoreError(Exception):
    """Base of every refusal."""


class WrongHandler(StoreError):  # noqa: N818 - it names a state, not a failure
    """The step asked for does not belong to whoever has the conversation now."""


class AlreadyClaimed(WrongHandler):
    """Another agent was faster, or the customer no longer waits."""


class LateWrite(StoreError):  # noqa: N818 - it names a state, not a failure
    """The conversation went to somebody else since the writer was given it."""


class LevelTooLow(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has not proved who they are well enough for this."""


class UnknownConversation(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no such conversation, or it is not this visitor's."""


class UnknownChoice(StoreError):  # noqa: N818 - it names a state, not a failure
    """The message offered no such choice."""


class SameIdOtherWords(StoreError):  # noqa: N818 - it names a state, not a failure
    """A message id came a second time with another text."""


class OrderNotFound(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has no order by this number."""


class OrderNotCancellable(StoreError):  # noqa: N818 - it names a state, not a failure
    """The order has left, or has ended already."""


class OrderNotChangeable(StoreError):  # noqa: N818 - it names a state, not a failure
    """The order has left, or has ended already, so nothing about it can be changed."""


class LineNotFound(StoreError):  # noqa: N818 - it names a state, not a failure
    """The order has no such item."""


class LastLine(StoreError):  # noqa: N818 - it names a state, not a failure
    """Without this item nothing would be left of the order: it is cancelled instead."""


class NotInStock(StoreError):  # noqa: N818 - it names a state, not a failure
    """There are fewer pieces than are wanted."""


class InvoiceNotFound(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has no such invoice, or the order has none yet."""


class ProductNotFound(StoreError):  # noqa: N818 - it names a state, not a failure
    """The shop has no such product."""


class NoAddress(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has no address on file that a parcel could go to."""


class NotDeliverable(StoreError):  # noqa: N818 - it names a state, not a failure
    """The shop does not deliver to this country."""


class UnwelcomeNow(StoreError):  # noqa: N818 - it names a state, not a failure
    """Nothing is suggested to somebody who has just complained, nor unasked more than they like."""


class UnknownSuggestion(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no such suggestion, or it was not shown to this visitor."""


class AlreadyDecided(StoreError):  # noqa: N818 - it names a state, not a failure
    """The suggestion was accepted or declined before."""


class OrderNotDelivered(StoreError):  # noqa: N818 - it names a state, not a failure
    """Nothing can be sent back of an order that has not arrived."""


class ReturnTooLate(StoreError):  # noqa: N818 - it names a state, not a failure
    """The days in which something of the order could be sent back are over."""


class NothingLeftToReturn(StoreError):  # noqa: N818 - it names a state, not a failure
    """So many pieces are not left: they are on their way back already, or never were."""


class NotReturnable(StoreError):  # noqa: N818 - it names a state, not a failure
    """The shop does not take this kind of product back."""


class ReturnClosed(StoreError):  # noqa: N818 - it names a state, not a failure
    """The return is not where this step would follow."""


class TooManyCodes(StoreError):  # noqa: N818 - it names a state, not a failure
    """More one-time codes were asked for than the limits allow."""


class LoginRefused(StoreError):  # noqa: N818 - it names a state, not a failure
    """The login or the password is wrong, or it was tried too often."""


class RoleForbids(StoreError):  # noqa: N818 - it names a state, not a failure
    """The role of whoever asks does not include this."""


class LastAdmin(StoreError):  # noqa: N818 - it names a state, not a failure
    """Without this one, nobody could make another admin."""


class UnknownLogin(StoreError):  # noqa: N818 - it names a state, not a failure
    """The agent has no such login open."""


class SecondFactorNeeded(StoreError):  # noqa: N818 - it names a state, not a failure
    """The password is right, and this agent shows a code beside it."""


class LoginTaken(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is an agent of this login already."""


class UnknownAgent(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no agent of this login."""


class PasswordTooWeak(StoreError):  # noqa: N818 - it names a state, not a failure
    """The password could be guessed."""


class ContactNotProved(StoreError):  # noqa: N818 - it names a state, not a failure
    """Nobody has shown by a code that the new contact is theirs."""


class ContactTaken(StoreError):  # noqa: N818 - it names a state, not a failure
    """Another customer has this contact on file."""


class UnknownCustomer(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no customer of this number."""


class TokenUsed(StoreError):  # noqa: N818 - it names a state, not a failure
    """A chat was shown this token of the shop's login before."""


class OtherCustomer(StoreError):  # noqa: N818 - it names a state, not a failure
    """The conversation is another customer's already."""


class ErasureIsOver(StoreError):  # noqa: N818 - it names a state, not a failure
    """The erasure was carried out or withdrawn before."""


class NumberNotCallable(StoreError):  # noqa: N818 - it names a state, not a failure
    """This is no telephone number, or none that the shop calls."""


class NobodyThere(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no hour in which somebody of the shop is free."""


class VoucherNotFound(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no voucher of this code."""


class TooManyTries(StoreError):  # noqa: N818 - it names a state, not a failure
    """More codes were tried in this conversation than anybody mistypes."""


class UnknownReferralCode(StoreError):  # noqa: N818 - it names a state, not a failure
    """Nobody has this code for friends."""


class ReferralNotDue(StoreError):  # noqa: N818 - it names a state, not a failure
    """The friend's first order has not arrived, or this recommendation earned its reward before."""


class NotBought(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has not received such a product."""


class EncoderMissing(StoreError):  # noqa: N818 - it names a state, not a failure
    """The encoder that the setting names cannot be loaded."""


class UnknownLeg(StoreError):  # noqa: N818 - it names a state, not a failure
    """No telephone was rung under this name."""


class NotByPhone(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer writes; there is nobody to speak to."""


class NoTelephone(StoreError):  # noqa: N818 - it names a state, not a failure
    """The agent has named no telephone on which they can be rung."""


class NobodyOnTheLine(StoreError):  # noqa: N818 - it names a state, not a failure
    """The agent does not speak with the caller by telephone now."""


class NotInChat(StoreError):  # noqa: N818 - it names a state, not a failure
    """Only a conversation that is written, and has not ended, can go on by phone."""


class NoPassage(StoreError):  # noqa: N818 - it names a state, not a failure
    """The link leads nowhere: it is unknown, used, too old, or not allowed any more."""


class TooManyPassages(StoreError):  # noqa: N818 - it names a state, not a failure
    """There were too many codes or links in this conversation of late."""


class NotRecorded(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no recording of this conversation to be heard."""


class CallbackNotOpen(StoreError):  # noqa: N818 - it names a state, not a failure
    """The call back is being made, was made, or is not wanted any more."""


class UnknownCallback(StoreError):  # noqa: N818 - it names a state, not a failure
    """No such call back is owed, or no such call was made for it."""


class UnknownPlace(StoreError):  # noqa: N818 - it names a state, not a failure
    """A canned reply has a place in braces that nobody could fill."""


class CannedNameUnfit(StoreError):  # noqa: N818 - it names a state, not a failure
    """Not a name that can be typed behind a slash: letters, digits and hyphens."""


class UnknownCannedReply(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no canned reply of this name."""


class CodeNeeded(StoreError):  # noqa: N818 - it names a state, not a failure
    """The conversation cannot be let go before it is said what it was about."""


class UnknownCode(StoreError):  # noqa: N818 - it names a state, not a failure
    """The shop has no such wrap-up code, or it is a group of finer ones."""


class UnknownMeasure(StoreError):  # noqa: N818 - it names a state, not a failure
    """The board has no such number."""


class OfferGone(StoreError):  # noqa: N818 - it names a state, not a failure
    """The offer rings no more, or it is another agent's."""


class NoSuchDepartment(StoreError):  # noqa: N818 - it names a state, not a failure
    """The shop has no department of this name."""


class CaseClosed(StoreError):  # noqa: N818 - it names a state, not a failure
    """The case is settled: it must be opened again before anything is done about it."""


class UnknownCase(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no such case."""


class NotConfirmed(StoreError):  # noqa: N818 - it names a state, not a failure
    """Two records are made one only by whoever gives the number of the one that goes."""


class NotAnAgent(StoreError):  # noqa: N818 - it names a state, not a failure
    """The identity provider knows them, and nobody at the desk does."""


class PinTooEasy(StoreError):  # noqa: N818 - it names a rule, not a failure
    """Everybody tries such digits first."""


class NoPin(StoreError):  # noqa: N818 - it names a state, not a failure
    """The customer has set none."""
