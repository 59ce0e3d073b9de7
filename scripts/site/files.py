"""Every file of the explorer, from its rows."""

from scripts.export import citation
from scripts.export.feed import feed
from scripts.site.data import Content
from scripts.site.page import index_page
from scripts.site.static_pages import static_pages


def explorer_files(content: Content, changelog: str) -> dict[str, bytes]:
    """The page, the pages without JavaScript, and the feed of the releases in `changelog`: path to bytes."""
    return {
        "index.html": index_page(content),
        "feed.atom": feed(citation.package_metadata(content.package), changelog),
        **static_pages(content),
    }
