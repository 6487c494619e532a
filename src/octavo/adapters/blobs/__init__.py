"""Where bytes are kept: a folder on this machine, or an S3-compatible bucket."""

from octavo.adapters.blobs.choose import S3Credentials, make_blobs

__all__ = ["S3Credentials", "make_blobs"]
