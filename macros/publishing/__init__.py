"""Put a finished folder in the place that readers see, whole or not at all, and back again.

    DIR/current          what is served: a link to one release, or a folder where links are not to be had
    DIR/releases/<id>/   `site/` and `manifest.sha256`, which `sha256sum -c` reads too; the newest five are kept
    DIR/pool/            scripts and styles of the releases kept, for pages opened before a switch

Why plain files and no state besides: whoever keeps the server can see, check and repair it with a file manager.
"""

from macros.publishing.publication import Done, publish, rollback
from macros.publishing.refusal import Refused, explain

__all__ = ["Done", "Refused", "explain", "publish", "rollback"]
