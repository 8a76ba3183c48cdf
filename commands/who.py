"""Who is at the terminal, for what is put on record."""

from __future__ import annotations

import argparse
import getpass
import os


def with_by(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument(
        "--by", default="", metavar="姓名", help="谁在操作，记在访问记录里（默认 $WENHOU_STAFF，或登录名）"
    )
    return sub


def who(options: argparse.Namespace) -> str:
    """As told, by the environment, or by the account of this machine."""
    return str(options.by or os.environ.get("WENHOU_STAFF", "") or getpass.getuser())
