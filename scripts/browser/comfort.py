"""What the script files add to pages that work without them."""


def all_of_it(browser, desk):
    """Each comfort, one after the other."""
