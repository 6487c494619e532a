# Octavo in a container: the API, workers and an embedded PostgreSQL, or any of them (see compose.yaml).
ARG PYTHON=3.12-slim-bookworm

FROM python:${PYTHON} AS build
# Debian drops old versions of its packages, so that a pinned one cannot be installed for long.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/octavo
# The packages change seldom and the code often, so that they are layers of their own.
COPY Makefile ./
COPY requirements ./requirements
RUN make .venv/.octavo-python
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src ./src
RUN make setup

FROM python:${PYTHON}
# Codes of Tesseract's packs with spaces between, "ell rus" for instance; empty for an image without Tesseract.
ARG TESSERACT_LANGUAGES=""
# Anything but empty installs LibreOffice, which reads DOC, PPT, XLS, OpenDocument and RTF.
ARG LIBREOFFICE=""
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# libseccomp filters what a child process may ask of the kernel.
# hadolint ignore=DL3008
RUN packages=(libseccomp2) \
    && if [ -n "${TESSERACT_LANGUAGES}" ]; then \
         packages+=(tesseract-ocr); \
         for language in ${TESSERACT_LANGUAGES}; do packages+=("tesseract-ocr-${language//_/-}"); done; \
       fi \
    && if [ -n "${LIBREOFFICE}" ]; then \
         packages+=(libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc); \
       fi \
    && apt-get update \
    && apt-get install --yes --no-install-recommends "${packages[@]}" \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 octavo \
    && useradd --system --uid 10001 --gid octavo --create-home octavo \
    && install --directory --owner octavo --group octavo --mode 0700 /data
COPY --from=build /opt/octavo /opt/octavo
ENV PATH=/opt/octavo/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    OCTAVO_DATA_DIR=/data \
    OCTAVO_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('OCTAVO_PORT', '8080')}/readyz\", timeout=5)"]
ENTRYPOINT ["octavo"]
CMD ["serve"]
