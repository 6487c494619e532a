"""Pictures, read with Pillow and pi-heif: every frame of a TIFF is a page."""
