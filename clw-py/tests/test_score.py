import clw


def test_version() -> None:
    assert clw.__version__ == "0.1.0"
