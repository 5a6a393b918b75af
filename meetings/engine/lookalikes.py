"""Letters and digits that look like others: where a name could pass for somebody else's.

From Unicode's list of confusable characters (UTS 39): single letters and digits of other scripts
that look like a plain one and that NFKC does not turn into it.
"""

from __future__ import annotations

# First what it looks like, then what looks like it.
_ROWS = """
2 ƧϨᒿꙄꛯꝚ
3 ƷȜЗӠⳌꝪꞫ𑣊𖼻
4 Ꮞ𑢯
5 Ƽ𑢻
6 бᏮⳒ𑣕
7 𐓒𑣆
8 Ȣȣ৪੪𐌚
9 ৭੧୨൭ⳊꝮ𑢬𑣌𑣖
A ΑАᎪᗅꓮ𐊠𖽀
B ΒВᏴᗷꓐꞴ𐊂𐊡𐌁
C СᏟⲤꓚ𐊢𐌂𐐕𐔜𑣩𑣲
D Ꭰᗞᗪꓓ
E ΕЕᎬⴹꓰ𐊆𑢦𑢮
F ϜᖴꓝꞘ𐊇𐊥𐔥𑢢𑣂
G ԌᏀᏳꓖ
H ΗНᎻᕼⲎꓧ𐋏
J ͿЈᎫᒍꓙꞲ
K ΚКᏦᛕⲔꓗ𐔘
L ᏞᒪⳐꓡ𐐛𐔦𑢣𑢲𖼖
M ΜϺМᎷᗰᛖⲘꓟ𐊰𐌑
N ΝⲚꓠ𐔓
O ΟОՕ০ଠ୦ዐⲞⵔ〇ꓳ𐊒𐊫𐐄𐓂𐔖𑓐𑢵𑣠
P ΡРᏢᑭⲢꓑ𐊕
Q ⵕ
R ƦᎡᏒᖇꓣ𐒴𖼵
S ЅՏᏕᏚꓢ𐊖𐐠𖼺
T ΤТᎢⲦꓔ𐊗𐊱𐌕𑢼𖼊
U Սሀᑌꓴ𐓎𑢸𖽂
V Ѵ۷Ꮩᐯⴸꓦꛟ𐔝𑢠𖼈
W ԜᎳᏔꓪ𑣦𑣯
X ΧХᚷⲬⵝꓫꞳ𐊐𐊴𐌗𐌢𐔧𑣬
Y ΥУҮᎩᎽⲨꓬ𐊲𑢤𖽃
Z ΖᏃꓜ𐋵𑢩𑣥
a ɑαа
b ƄЬᏏᑲᖯ
c сᴄⲥꮯ𐐽
d ԁᏧᑯꓒ
e еҽꬲ
f քẝꞙꬵ
g ƍɡցᶃ
h һհᏂ
i ıɩɪιіӏᎥꙇꭵ𑣃
j ϳј
l ƖǀΙІӀ۱ᛁⲒⵏꓲ𐊊𐌉𐌠𖼨
n ոռ
o οσоօ۵०੦૦௦౦೦ഠ൦๐໐ဝ၀ჿᴏᴑⲟꬽ𐐬𐓪𑣈𑣗
p ρрⲣ
q ԛգզ
r гᴦⲅꭇꭈꮁ
s ƽѕꜱꮪ𐑈𑣁
u ʋυսᴜꞟꭎꭒ𐓶𑣘
v νѵᴠꮩ𑜆𑣀
w ɯѡԝաᴡꮃ𑜊𑜎𑜏
x хᕁᕽ
y ɣʏγуүყᶌỿꭚ𑣜
z ᴢꮓ𑣄
"""

_PLAIN = {ord(other): row[0] for row in _ROWS.split("\n") if row for other in row[2:]}
# After capitals are gone: I, l and 1; O and 0.
_ALIKE = str.maketrans("i10", "llo")


def skeleton(text: str) -> str:
    """Equal for texts that a glance cannot tell apart. Not for showing. `text` is in NFKC."""
    plain = text.translate(_PLAIN).casefold().translate(_PLAIN).translate(_ALIKE)
    return plain.replace("rn", "m").replace("vv", "w")
