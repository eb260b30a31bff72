#!/usr/bin/env python3
"""parts.py [--check FILE] [FILE]: the parts of the program as CycloneDX 1.6, made from Package.resolved.

Writes to FILE or standard output. With --check it validates a list by `cyclonedx-python-lib` from PyPI, against the
schema of CycloneDX, and compares it with Package.resolved. The list says what was resolved: each library with its
version, commit and place.
"""
import json
import pathlib
import re
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent


def version():
    """The newest version that the changelog names."""
    return re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)[1]


def pins():
    found = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    return sorted(found, key=lambda pin: pin["identity"])


def component(pin):
    place = pin["location"].removesuffix(".git")
    number = pin["state"].get("version") or pin["state"]["revision"]
    path = re.sub(r"^https?://", "", place)
    name = f"pkg:swift/{path}@{number}"
    return {
        "type": "library", "bom-ref": name, "name": pin["identity"], "version": number, "purl": name,
        "externalReferences": [{"type": "vcs", "url": place}],
        "properties": [{"name": "systemic:commit", "value": pin["state"]["revision"]}],
    }


def parts():
    components = [component(pin) for pin in pins()]
    text = json.dumps(components, sort_keys=True)
    program = f"pkg:generic/systemic@{version()}"
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        # The same parts give the same number, so that two builds of one commit make one list.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, program + text)}",
        "metadata": {"component": {
            "type": "application", "bom-ref": program, "name": "systemic", "version": version(), "purl": program}},
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": [part["bom-ref"] for part in components]}],
    }


def check(path):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = pathlib.Path(path).read_text()
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    mistake = validator.validate_str(text)
    if mistake:
        raise SystemExit(f"parts: {path} is no CycloneDX 1.6: {mistake}")
    broken = json.loads(text)
    broken["components"][0]["type"] = "nothing"
    if not validator.validate_str(json.dumps(broken)):
        raise SystemExit("parts: the validator takes what is wrong")
    if json.loads(text) != parts():
        raise SystemExit(f"parts: {path} is not made from Package.resolved as it is now")
    print(f"parts: {len(parts()['components'])} libraries, CycloneDX 1.6, valid")


def main():
    if sys.argv[1:2] == ["--check"]:
        return check(sys.argv[2])
    text = json.dumps(parts(), indent=2) + "\n"
    if len(sys.argv) > 1:
        pathlib.Path(sys.argv[1]).write_text(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
