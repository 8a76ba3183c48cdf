"""Words that answer nothing, as whole answers. Pure.

``asides`` are said to the caller (没睡醒呢), ``beside_the_call`` to somebody else, to find out who calls or
to get away from the telephone (关火, 洗澡呢), ``chatter`` to a child, a dog or about the weather (天气不错);
``one_moment`` asks to be waited for (稍等，我开个门).
"""
