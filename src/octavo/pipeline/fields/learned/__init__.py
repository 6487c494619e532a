"""Reading a document by examples of its layout: what stands where on a form seen before."""

from octavo.pipeline.fields.learned.anchors import anchors_of

__all__ = ["anchors_of"]
