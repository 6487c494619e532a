"""What reads ink: PP-OCRv6 on onnxruntime, and Tesseract where it is installed.

Start at `catalogue` for what there is, at `load` for how a child process gets
an engine, and at `ppocr.engine` for how a page is read.
"""
