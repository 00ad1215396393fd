"""A client whose docstrings have fallen behind its code."""


def fetch(url, timeout, retries=3, *, verify=True):
    """Fetch a page, trying again where the server does not answer.

    Args:
        url: Address of the page.
        retries: How often to try again.

    Returns:
        The page's bytes.
    """
    for _ in range(retries):
        page = _request(url, timeout, verify)
        if page is not None:
            return page
    raise TimeoutError(url)


def pages(urls, limit=None):
    """Fetch several pages, one after the other.

    Args:
        urls: Addresses of the pages.
        maximum: How many to fetch at most.

    Yields:
        The bytes of each page.
    """
    for url in urls[:limit]:
        yield fetch(url, timeout=10)


def _request(url, timeout, verify):
    return None
