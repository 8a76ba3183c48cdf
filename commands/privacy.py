"""Personal data: what goes when, what a person may ask for, who took what out."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from campaign.errors import SettingsError
from campaign.purging import Ages, read_age
from commands.arguments import Subparsers, command, with_settings
from commands.common import console, now
from commands.reports import opened
from commands.who import with_by
from exports.records.access_command import show_access_log
from exports.records.purge_command import purge as run_purge
from exports.records.subject_requests import delete_person, export_person, person_asked_for


def add_privacy_commands(commands: Subparsers) -> None:
    told = "清除过期的资料：先录音，再通话文字，再居民资料；正在拨打的任务不动"
    sub = with_by(with_settings(command(commands, "purge", purge, told)))
    sub.add_argument("--older-than", type=_age, metavar="期限", help="各种资料的期限，如 30d、4w、6m")
    sub.add_argument("--recordings", type=_age, metavar="期限", help="录音的期限（默认同 --older-than）")
    sub.add_argument("--transcripts", type=_age, metavar="期限", help="通话文字的期限（默认同 --older-than）")
    sub.add_argument("--persons", type=_age, metavar="期限", help="居民资料的期限（默认同 --older-than）")
    sub.add_argument("--sheets", action="store_true", help="同期限的结果表、跟进表、导入问题表也删除")
    sub.add_argument("--yes", action="store_true", help="真的清除；不写就只是预演")

    told = "本人要求查看或删除自己的资料时用"
    people = commands.add_parser("resident", help=told, description=told)
    verbs = people.add_subparsers(title="命令", required=True, metavar="命令")
    sub = _verb(verbs, "export", resident_export, "把一个人的全部资料和录音写到一个文件夹")
    sub.add_argument("-o", "--output", type=Path, metavar="目录", help="写到哪里（要是空的）")
    sub = _verb(verbs, "delete", resident_delete, "删除一个人的全部资料和录音")
    sub.add_argument("--yes", action="store_true", help="真的删除；不写就只是预演")

    told = "查看谁在什么时候导出、清除过什么"
    sub = with_by(with_settings(command(commands, "access-log", access_log, told)))
    sub.add_argument("--since", type=_age, metavar="期限", help="只看最近多久的，如 30d")
    sub.add_argument("--json", action="store_true", help="每条一行 JSON")


def purge(options: argparse.Namespace) -> int:
    general = options.older_than
    ages = Ages(
        recordings=options.recordings if options.recordings is not None else general,
        transcripts=options.transcripts if options.transcripts is not None else general,
        persons=options.persons if options.persons is not None else general,
    )
    with opened(options) as office:
        return run_purge(console, office, ages, is_sure=options.yes, with_sheets=options.sheets)


def resident_export(options: argparse.Namespace) -> int:
    with opened(options) as office:
        return export_person(console, office, person_asked_for(office, options.who), options.output)


def resident_delete(options: argparse.Namespace) -> int:
    with opened(options) as office:
        people = person_asked_for(office, options.who)
        return delete_person(console, office, people, is_sure=options.yes)


def access_log(options: argparse.Namespace) -> int:
    since = now() - options.since if options.since is not None else None
    with opened(options) as office:
        return show_access_log(console, office, since, as_json=options.json)


def _verb(verbs: Subparsers, name: str, act: object, told: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = with_by(with_settings(verbs.add_parser(name, help=told, description=told)))
    sub.set_defaults(command=act)
    sub.add_argument("who", nargs="+", metavar="谁", help="电话号码、姓名，或居民编号（编号可以写几个）")
    return sub


def _age(written: str) -> dt.timedelta:
    try:
        return read_age(written)
    except SettingsError as error:
        raise argparse.ArgumentTypeError(error.message) from error
