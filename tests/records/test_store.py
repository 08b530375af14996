"""A folder and a bucket are the same store; nothing outside is reached."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from records.store import S3Store, Store, StoreError, TooLarge, open_store
from tests.records.servers import s3_environment, s3_server

FILES = {
    "R1/C1/émargement n°2.pdf": b"%PDF-1",
    "R1/a b+c%20d.pdf": b"two",
    "orphan.pdf": b"",
}


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in s3_environment(s3).items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    name = f"uploads-{time.monotonic_ns()}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    return name


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        for path, data in FILES.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        return open_store(str(tmp_path), cap=100)
    name = request.getfixturevalue("bucket")
    client = boto3.client("s3")
    for path, data in FILES.items():
        client.put_object(Bucket=name, Key=f"in/{path}", Body=data)
    client.put_object(Bucket=name, Key="elsewhere/x.pdf", Body=b"x")
    return open_store(f"s3://{name}/in", cap=100)


def test_what_is_listed_can_be_read(store: Store) -> None:
    listing = list(store.list())
    assert [file.path for file in listing] == sorted(FILES)
    for file in listing:
        data = store.read(file.path)
        assert (data, len(data)) == (FILES[file.path], file.size)
        assert store.digest(file.path) == hashlib.sha256(data).hexdigest()


def test_a_file_that_is_not_there_is_said_so(store: Store) -> None:
    for ask in (store.read, store.digest):
        with pytest.raises(StoreError):
            ask("R1/none.pdf")


def test_a_file_above_the_cap_has_a_digest_and_is_not_taken_into_memory(store: Store) -> None:
    if isinstance(store, S3Store):
        store.client.put_object(Bucket=store.bucket, Key="in/big", Body=b"x" * 200)
    else:
        (store.root / "big").write_bytes(b"x" * 200)  # type: ignore[attr-defined]
    with pytest.raises(TooLarge):
        store.read("big")
    assert store.digest("big") == hashlib.sha256(b"x" * 200).hexdigest()


def test_a_listing_of_more_than_a_page_is_whole(bucket: str) -> None:
    client = boto3.client("s3")
    for number in range(1005):
        client.put_object(Bucket=bucket, Key=f"R/{number:04d}", Body=b"")
    assert len(list(open_store(f"s3://{bucket}").list())) == 1005


def test_a_bucket_that_is_not_there_is_said_without_credentials(bucket: str) -> None:
    with pytest.raises(StoreError, match="NoSuchBucket") as failed:
        list(open_store("s3://none-such").list())
    assert "testing" not in str(failed.value)


def test_nothing_outside_a_folder_is_reached(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    root = tmp_path / "in"
    (root / "R1").mkdir(parents=True)
    (root / "R1" / "link.pdf").symlink_to(secret)
    (root / "folder").symlink_to(tmp_path)
    os.mkfifo(root / "pipe")
    store = open_store(str(root))
    assert list(store.list()) == []
    for path in ("R1/link.pdf", "../secret", "folder/secret", str(secret), "pipe"):
        with pytest.raises(StoreError):
            store.read(path)


def test_a_name_that_is_no_utf8_is_listed_and_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.pdf")).write_bytes(b"x")
    store = open_store(str(tmp_path))
    [file] = store.list()
    assert file.path == "caf\\xe9.pdf"
    assert store.read(file.path) == b"x"


def test_a_store_that_can_not_be_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        open_store(str(tmp_path / "none"))
    with pytest.raises(StoreError, match="no bucket"):
        open_store("s3://")
