"""The schema this version works with, known without loading the migrations' library."""

REVISION = "0011"
