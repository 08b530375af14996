"""The store of uploads: a folder, or a bucket of an S3 service. After the listing both are the same.

A path in the store is what the depositor wrote, letter for letter: composed and decomposed accents stay two
names.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

import boto3
import botocore.exceptions
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHUNK = 1 << 20
CAP = 100 << 20
"""Bytes above which a file is not taken into memory."""


class StoreError(RuntimeError):
    """The store can't be reached or a file in it can't be read now; another try may succeed."""


class TooLarge(ValueError):
    """The file is above the cap."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the listing. ``etag`` changes when its content does; ``size`` in bytes."""

    path: str
    size: int
    etag: str


class Store(Protocol):
    """What the night needs of a store."""

    def list(self) -> Iterator[StoredFile]:
        """All files, ordered by path. Raises `StoreError`."""

    def read(self, path: str) -> bytes:
        """The bytes of one file. Raises `StoreError`, and `TooLarge` before reading what is above the cap."""

    def digest(self, path: str) -> str:
        """SHA-256 of one file of any size, without holding it in memory. Raises `StoreError`."""


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder on this machine. Links are not followed: what they point at was not uploaded."""

    root: Path
    cap: int = CAP

    def list(self) -> Iterator[StoredFile]:
        if not self.root.is_dir():
            raise StoreError(f"{self.root}: no such folder")
        found = []
        for folder, _, names in os.walk(self.root, onerror=_raise, followlinks=False):
            for name in names:
                path = Path(folder, name)
                seen = path.lstat()
                if stat.S_ISREG(seen.st_mode):
                    found.append(
                        StoredFile(self._shown(path), seen.st_size, f"{seen.st_mtime_ns}-{seen.st_size}")
                    )
        return iter(sorted(found, key=lambda file: file.path))

    def read(self, path: str) -> bytes:
        with self._open(path) as file:
            if os.fstat(file.fileno()).st_size > self.cap:
                raise TooLarge(path)
            data = file.read(self.cap + 1)
        if len(data) > self.cap:
            raise TooLarge(path)
        return data

    def digest(self, path: str) -> str:
        with self._open(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _shown(self, path: Path) -> str:
        # a name that is no UTF-8 is shown with its bytes spelt out, for the database takes text only
        relative = path.relative_to(self.root).as_posix()
        return os.fsencode(relative).decode("utf-8", "backslashreplace")

    def _open(self, path: str) -> BufferedReader:
        where = self._inside(path)
        try:
            # opened without following a link, and only what is a plain file: a pipe would be waited for
            handle = os.open(where, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                os.close(handle)
                raise StoreError(f"{path}: not a plain file")
            return os.fdopen(handle, "rb")
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from error

    def _inside(self, path: str) -> Path:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise StoreError(f"{path}: outside the store")
        where = self.root.joinpath(*parts)
        if not where.exists() and "\\x" in path:
            where = self._by_shown_name(where.parent, path)
        if not where.parent.resolve().is_relative_to(self.root.resolve()):
            raise StoreError(f"{path}: outside the store")
        return where

    def _by_shown_name(self, folder: Path, path: str) -> Path:
        for candidate in folder.iterdir() if folder.is_dir() else ():
            if self._shown(candidate) == path:
                return candidate
        raise StoreError(f"{path}: not there")


def _raise(error: OSError) -> None:
    raise StoreError(f"{error.filename}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class S3Store:
    """A bucket, or what stands under a prefix in it."""

    client: S3Client
    bucket: str
    prefix: str
    cap: int = CAP

    def list(self) -> Iterator[StoredFile]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        found = []
        try:
            for page in pages:
                for entry in page.get("Contents", []):
                    path = entry["Key"].removeprefix(self.prefix)
                    if path and not path.endswith("/"):
                        found.append(StoredFile(path, entry["Size"], entry["ETag"].strip('"')))
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
            raise StoreError(f"s3://{self.bucket}/{self.prefix}: {_said(error)}") from error
        return iter(sorted(found, key=lambda file: file.path))

    def read(self, path: str) -> bytes:
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + path)
            with closing(answer["Body"]) as body:
                if answer["ContentLength"] > self.cap:
                    raise TooLarge(path)
                return body.read()
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
            raise StoreError(f"{path}: {_said(error)}") from error

    def digest(self, path: str) -> str:
        digest = hashlib.sha256()
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + path)
            with closing(answer["Body"]) as body:
                for chunk in body.iter_chunks(CHUNK):
                    digest.update(chunk)
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
            raise StoreError(f"{path}: {_said(error)}") from error
        return digest.hexdigest()


def _said(error: Exception) -> str:
    """What went wrong in one word or two: the service's own message may quote credentials."""
    if isinstance(error, botocore.exceptions.ClientError):
        return str(error.response.get("Error", {}).get("Code", "refused"))
    return type(error).__name__


def open_store(url: str, cap: int = CAP) -> Store:
    """The store at ``url``: a folder's path, ``file:///…`` or ``s3://bucket/prefix``.

    S3 credentials, region and endpoint (``AWS_ENDPOINT_URL``) come from the environment, as boto3 reads them.
    Raises `StoreError` when the folder is not there or the URL can't be understood.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3":
        if not parts.netloc:
            raise StoreError(f"{url}: no bucket named")
        prefix = parts.path.strip("/")
        config = Config(connect_timeout=10, read_timeout=60, retries={"mode": "standard", "max_attempts": 5})
        try:
            client = boto3.client("s3", config=config)
        except botocore.exceptions.BotoCoreError as error:
            raise StoreError(f"{url}: {_said(error)}") from error
        return S3Store(client, parts.netloc, f"{prefix}/" if prefix else "", cap)
    root = Path(unquote(parts.path)) if parts.scheme == "file" else Path(url)
    if not root.is_dir():
        raise StoreError(f"{root}: no such folder")
    return FolderStore(root.resolve(), cap)
