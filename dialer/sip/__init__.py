"""The telephone line over SIP and RTP, on pjsua2, which nothing outside of this package knows.

``engine`` owns the library, ``line`` is one of its lines, ``call`` the call on it, ``port`` its sound, in and
out; ``configuration`` puts the trunk's settings into the library's terms; ``qualify`` asks whether the trunk
is there.

Law of this package: one thread (``SipEngine._run``) owns the endpoint, the account and every call; all other
threads post commands to it. Media callbacks arrive on a native thread: they copy and return, and never call
pjsua2. Objects of pjsua2 are made and dropped on the owning thread alone; media ports are pooled and live as
long as the engine.
"""
