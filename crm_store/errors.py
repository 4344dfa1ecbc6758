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


class TooManyCodes(StoreError):  # noqa: N818 - it names a state, not a failure
    """More one-time codes were asked for than the limits allow."""


class LoginRefused(StoreError):  # noqa: N818 - it names a state, not a failure
    """The login or the password is wrong, or it was tried too often."""


class LoginTaken(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is an agent of this login already."""


class UnknownAgent(StoreError):  # noqa: N818 - it names a state, not a failure
    """There is no agent of this login."""


class PasswordTooWeak(StoreError):  # noqa: N818 - it names a state, not a failure
    """The password could be guessed."""
