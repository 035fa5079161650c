"""uploads/sandbox: the one way in which a file is refused."""


class Refused(Exception):
    """The file is refused; the argument is the word that `portal.uploads` has a sentence for."""
