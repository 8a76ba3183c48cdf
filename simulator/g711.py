"""G.711 as the practice exchange knows it: the tables are ``asr.g711``'s."""

from asr.g711 import LINEAR, PCMA, PCMU, SAMPLE_RATE, SILENCE_OCTET, Octets, Pcm, decode, encode

__all__ = ["LINEAR", "PCMA", "PCMU", "SAMPLE_RATE", "SILENCE_OCTET", "Octets", "Pcm", "decode", "encode"]
