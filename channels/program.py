"""The channels as a program of their own: `uvicorn channels.program:create_app --factory`."""

from fastapi import FastAPI

from channels import app
from crm_store import garbage


def create_app() -> FastAPI:
    """Build the application for a process that serves nothing else."""
    application = app.create_app()
    garbage.settle()
    return application
