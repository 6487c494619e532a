"""`octavo serve`: one supervisor that owns the data folder, the database and the processes.

Start reading in `supervisor`. The supervisor reads no document and answers no
request; it starts what does, looks after it, and ends it in order.
"""
