"""What may be done with the fields of a job."""
