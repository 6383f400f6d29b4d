"""Random texts and parameter trees, rich in what encoders get wrong."""

PARTS = ["a", "Z", "9", " ", "+", "%", "%2F", "&", "=", "/", "?", "#", "*", "~", "'", '"', "\\", "é", "中文", "😀", "..", ":", ";",
         ",", "[x]", "|", "_", "-"]


def text(random, most=5):
    return "".join(random.choice(PARTS) for _ in range(random.randrange(most)))


def tree(random, scalars, depth=0):
    """A scalar of `scalars`, or lists and objects of such, at most four deep."""
    kind = random.randrange(9 if depth < 3 else 5)
    if kind < 5:
        return random.choice(scalars)(random)
    if kind < 7:
        return [tree(random, scalars, depth + 1) for _ in range(random.randrange(4))]
    return {name(random): tree(random, scalars, depth + 1) for _ in range(random.randrange(4))}


def name(random):
    return random.choice(["Key", "Value", "Name", "Size", "Ids"]) + str(random.randrange(9))


def members(random, scalars, most=5):
    return {name(random): tree(random, scalars) for _ in range(random.randrange(most))}
