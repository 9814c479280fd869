"""What a service raises when it refuses: a sentence for the person and a word for a program."""


class QuizError(Exception):
    """A refusal; `message` is a sentence that the person can act on."""

    status = 409

    def __init__(self, message: str, word: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.word = word


class InvalidError(QuizError):
    """The input cannot be kept as it is; `at` names the field, where there is one."""

    status = 422

    def __init__(self, message: str, word: str = "invalid", at: str = "") -> None:
        super().__init__(message, word)
        self.at = at


class ChangedMeanwhileError(QuizError):
    """Somebody else has saved the same thing since this person opened it."""

    def __init__(self, noun: str) -> None:
        sentence = (
            f"Somebody else saved this {noun} meanwhile. What you typed is still here, not saved. "
            f"Open the {noun} in another tab, compare, and save what is right there."
        )
        super().__init__(sentence, "changed-meanwhile")


class ConfigurationError(Exception):
    """The start is refused; the message says what to do."""
