# The register for a server: the same processes as the Procfile, PostgreSQL and Redis outside.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /requirements.txt
RUN python -m venv /opt/register \
    && /opt/register/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/register/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000
RUN useradd --system --uid 10001 --home-dir /srv/register register
WORKDIR /srv/register
COPY --from=packages /opt/register /opt/register
COPY . .
# Names loopback hosts only, so it needs no secret; what it writes is the static files.
RUN DATABASE_URL=postgresql:///none REDIS_URL=redis://none python manage.py collectstatic --no-input \
    && rm var/secret-key \
    && chown -R 10001 var
USER 10001
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "ics_leadership.wsgi"]
