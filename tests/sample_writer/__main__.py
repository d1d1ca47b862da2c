"""`python -m tests.sample_writer`: writes the sample's files into the package, in place of those that are there."""

from pathlib import Path

from tests.sample_writer.build import build

SAMPLE = Path(__file__).parents[2] / "tui" / "backscroll" / "sample"


def main() -> None:
    files = build()
    for old in (SAMPLE / "exports").glob("*"):
        if f"exports/{old.name}" not in files:
            old.unlink()
    (SAMPLE / "exports").mkdir(exist_ok=True)
    for name, content in files.items():
        (SAMPLE / name).write_bytes(content)


if __name__ == "__main__":
    main()
