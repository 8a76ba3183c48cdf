"""The telephone line over SIP and RTP, on pjsua2, which nothing outside of this package knows.

``engine`` owns the library and its thread; ``qualify`` asks whether the trunk is there at all.
"""
