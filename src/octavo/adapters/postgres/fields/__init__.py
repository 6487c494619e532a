"""What people corrected in the fields of jobs: table and statements. The fields themselves are blobs."""
