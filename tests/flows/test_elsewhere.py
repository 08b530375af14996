"""The same night with its uploads in S3 and its records in PostgreSQL: the same end, by the same code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from tests.flows.small_night import draw, left, run
from tests.records.servers import NoPostgreSQL, ask, postgresql, s3_environment, s3_server


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    try:
        with postgresql() as url:
            ask(url, "CREATE DATABASE night")
            yield url
    except NoPostgreSQL as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


def test_the_same_night_in_a_bucket_and_postgresql(cluster: str, s3: str, tmp_path: Path) -> None:
    night = draw(tmp_path / "night", ("certificate_alone", "no_programme"))
    here = run(night, tmp_path / "here")
    assert here.code == 0, here.err
    settings = s3_environment(s3)
    client = boto3.client(
        "s3",
        endpoint_url=s3,
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    client.create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    store = night / "uploads"
    for path in store.rglob("*"):
        if path.is_file():
            client.upload_file(str(path), "uploads", f"day/{path.relative_to(store).as_posix()}")
    there = tmp_path / "there"
    url = cluster.replace("postgresql://", "postgresql+psycopg://") + "night"
    for _ in range(2):  # the second is the night again: nothing new, nothing twice
        ended = run(night, there, "--database", url, uploads="s3://uploads/day", **settings)
        assert ended.code == 0, ended.err
        assert left(there) == left(tmp_path / "here")
    assert not list(there.glob("*.sqlite3"))


def test_a_store_or_a_database_that_can_not_be_reached_fails_the_run_in_one_line(
    s3: str, tmp_path: Path
) -> None:
    night = draw(tmp_path / "night", ("certificate_alone",))
    no_bucket = run(night, tmp_path / "a", uploads="s3://nowhere", **s3_environment(s3))
    assert no_bucket.code == 1
    assert no_bucket.err.splitlines()[-1] == "servicefait: the run failed: s3://nowhere/: NoSuchBucket"
    nobody = run(night, tmp_path / "b", "--database", "postgresql://me:secret@127.0.0.1:9/none")
    assert nobody.code == 1
    assert "the database can't be used" in nobody.err.splitlines()[-1]
    assert "secret" not in nobody.err
