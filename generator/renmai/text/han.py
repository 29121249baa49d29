"""Han characters, as patterns.

Written as two ranges without the hexagrams between them: a class of three ranges takes Python
milliseconds to compile, which every run would pay for.
"""

_NOT_HAN = "(?![\u4dc0-\u4dff])"

#: One Han character of those in common use.
HAN = f"{_NOT_HAN}[\u3400-\u9fff\uf900-\ufaff]"
#: One Han character, the rare ones too.
ANY_HAN = f"{_NOT_HAN}[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
