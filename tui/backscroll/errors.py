"""The one error that a person is shown: what went wrong, and what to do next."""


class AppError(Exception):
    """A failure with a title (what went wrong), a hint (what to do next) and a stable code for scripts.

    Title and hint never hold a secret or a message's text: they are printed, logged and shown as a toast.
    `code` is lower-case words joined by underscores, for example `ambiguous_date_order`.
    """

    def __init__(self, title: str, hint: str = "", *, code: str = "failed") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.code = code
