"""What the commands share: where they print, which campaign, settings and model they take."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from campaign.errors import ModelError, WenhouError
from campaign.records import Campaign
from campaign.settings import DEFAULT_FILE, Settings, load_settings
from campaign.store import Store

if TYPE_CHECKING:
    from asr.models import PreparedModel

INTERRUPTED = 130

console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(error: WenhouError) -> None:
    complaints.print(f"错误：{error.message}", style="red", markup=False)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def chosen_campaign(store: Store, campaign_id: int | None) -> Campaign:
    return store.campaign(campaign_id) if campaign_id else store.latest_campaign()


def settings_for_trying(options: argparse.Namespace) -> Settings:
    """The settings with the command's own choices; a trial needs no sip.conf."""
    has_file = options.settings is not None or DEFAULT_FILE.exists()
    settings = load_settings(options.settings or DEFAULT_FILE) if has_file else Settings()
    if options.script:
        settings = settings.replace(dialog={"script": options.script})
    engine, model = getattr(options, "engine", None), getattr(options, "model", None)
    if engine or model:
        settings = settings.replace(asr={"engine": engine or "auto", "model": model or ""})
    return settings


def prepared_model(settings: Settings, screen: Console = console) -> PreparedModel:
    from asr.models import prepare  # only for those who listen

    with screen.status("正在准备语音识别模型…") as showing:

        def progress(done: int, total: int) -> None:
            share = f"{100 * done // total}%" if total else f"{done / 1e6:.0f} MB"
            showing.update(f"正在下载语音识别模型… {share}")

        model = prepare(
            settings.asr.engine, settings.asr.model, mirrors=settings.asr.mirrors, progress=progress
        )
    if model.notice:
        screen.print(model.notice, style="yellow")
    _prepare_second_reader(screen)
    return model


def _prepare_second_reader(screen: Console) -> None:
    """Calls go on without it: more is asked again then."""
    from dialogs.encoder.install import install_encoder  # only for those who listen

    with screen.status("正在准备理解模型…") as showing:
        try:
            install_encoder(lambda done, total: showing.update(f"正在下载理解模型… {100 * done // total}%"))
        except ModelError as error:
            screen.print(f"{error.message}没有它也能拨打，只是拿不准的回答会多问一遍。", style="yellow")


def log_to(path: Path) -> None:
    """What is for the administrator goes to a file; the screen is the users'."""
    from dialer.workers.messages import open_log  # only for those who dial

    logging.basicConfig(
        stream=os.fdopen(open_log(path), "a", encoding="utf-8"),
        level=logging.INFO,
        format="%(asctime)s runner %(name)s %(message)s",
        force=True,
    )
