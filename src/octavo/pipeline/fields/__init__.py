"""From the words of finished pages to fields, each with its evidence. Start reading at `extract`."""
