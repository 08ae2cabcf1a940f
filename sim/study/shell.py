"""Words as a shell takes them: a command that is written into results does what it says and nothing else."""

import shlex


def shell_word(word: str) -> str:
    """One word for a shell, whatever stands in it.

    In double quotes where nothing in it means anything within them to any shell, as Windows knows no others.
    """
    if all(sign.isalnum() or sign in "-_./" for sign in word):
        return word
    if all(sign.isalnum() or sign in "-_./ =();,:'" for sign in word):
        return f'"{word}"'
    return shlex.quote(word)
