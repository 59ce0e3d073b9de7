"""The archive as an RO-Crate: every file is named, and every name stands for something."""

import json

import pytest

from scripts.export.ro_crate import FOLDERS, NAME

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first
SPECIFICATION = "https://w3id.org/ro/crate/1.1"


def references(value):
    """Every @id that an entity points to."""
    if isinstance(value, dict):
        return {value["@id"]}
    return {found for one in value for found in references(one)} if isinstance(value, list) else set()


def test_the_crate_names_every_file_and_only_files_that_are_there(contents):
    graph = json.loads(contents[NAME])["@graph"]
    files = {entity["@id"]: entity for entity in graph if entity["@type"] == "File"}
    folders = {entity["@id"] for entity in graph if entity["@type"] == "Dataset"} - {"./"}
    assert folders == set(FOLDERS)
    inside = {path for path in contents if not path.startswith(tuple(FOLDERS))} - {NAME}
    assert set(files) == inside
    assert all(int(entity["contentSize"]) == len(contents[path]) for path, entity in files.items())


def test_the_crate_describes_itself_as_the_specification_asks(contents, metadata):
    graph = json.loads(contents[NAME])["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    assert entities[NAME]["conformsTo"] == {"@id": SPECIFICATION} and entities[NAME]["about"] == {"@id": "./"}
    root = entities["./"]
    assert root["datePublished"] == metadata["date"].isoformat() and root["version"] == metadata["version"]
    assert {"name", "description", "license", "author", "publisher"} <= root.keys()
    pointed = {found for entity in graph for value in entity.values() for found in references(value)}
    assert pointed - {SPECIFICATION} <= set(entities)
