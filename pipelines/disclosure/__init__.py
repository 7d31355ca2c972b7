"""Disclosure (開示等): one individual's data, looked up in the stores at request time. Never a Prefect flow."""
