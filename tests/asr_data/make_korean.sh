#!/bin/sh
# Makes the two Korean answers that the tests of the streaming engine listen to with espeak-ng.
set -eu
cd "$(dirname "$0")"
espeak-ng -v ko -s 130 -w yes.22k.wav 네
espeak-ng -v ko -s 130 -w no.22k.wav 아니요
for name in yes no; do
  PYTHONPATH=../.. python3 -c "from pathlib import Path; from asr.audio import read_wav, write_wav
write_wav(Path('korean_$name.wav'), read_wav(Path('$name.22k.wav')))"
  rm "$name.22k.wav"
done
