"""The page that stands in the panel's place, under the name this desk's pages know it by."""

from ui.shared.side_page import SidePage

__all__ = ["SidePage"]
