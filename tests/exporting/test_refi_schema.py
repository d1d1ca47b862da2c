"""Projects and codebooks have the elements and attributes of REFI-QDA in its order, as a schema of our own says."""

import re
import zipfile
from pathlib import Path

import pytest
from xmlschema import XMLSchema10, XMLSchemaValidationError

from backscroll.archive.opening import Archive
from backscroll.coding import refi
from tests.exporting.noted import export, note

PROJECT = Path(__file__).with_name("refi_project.xsd")


async def test_a_project_is_as_the_schema_demands(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    with zipfile.ZipFile(await export(archive, tmp_path / "notes.qdpx")) as packed:
        project = packed.read("project.qde").decode()
    schema = XMLSchema10(PROJECT)
    schema.validate(project)
    for wrong in (
        project.replace("<Description>", "<Note>").replace("</Description>", "</Note>"),
        re.sub(r"(<CodeBook>.*</CodeBook>)(.*)(?=</Project>)", r"\2\1", project, flags=re.DOTALL),
        re.sub(r' isCodable="\w+"', "", project),
        re.sub(r'startPosition="\d+"', 'startPosition="-1"', project),
    ):
        assert wrong != project
        with pytest.raises(XMLSchemaValidationError):
            schema.validate(wrong)


async def test_a_codebook_is_as_the_schema_demands(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    refi.write(tmp_path / "codes.qdc", await archive.codes.book())
    schema = PROJECT.read_text("utf-8").replace("QDA-XML:project", "QDA-XML:codebook")
    whole = schema.replace("</xs:schema>", '<xs:element name="CodeBook" type="CodeBook"/></xs:schema>')
    XMLSchema10(whole).validate(str(tmp_path / "codes.qdc"))
