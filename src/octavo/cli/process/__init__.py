"""`octavo process`: documents in, files out.  Start reading in `command`."""
