"""Forty texts that would run as a script, or close what they stand in, wherever a page forgot to write them as text."""

from __future__ import annotations

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"<ScRiPt>{RUN}</sCrIpT>", f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>", f"<img src=x onerror='{RUN}'>", f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>", f"<svg onload={RUN}>", f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>", f"<iframe src=javascript:{RUN}>", "<iframe srcdoc='<script>parent.ran=1</script>'>",
    f"<a href=javascript:{RUN}>点</a>", f"javascript:{RUN}", f'" onfocus="{RUN}" autofocus="',
    f"' onfocus='{RUN}' autofocus='",
    f'" onmouseover="{RUN}', f"<input autofocus onfocus={RUN}>", f"<select autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>", f"<object data=javascript:{RUN}>", f"<embed src=javascript:{RUN}>",
    f"<form action=javascript:{RUN}><button>", f"<math><mi xlink:href=javascript:{RUN}>x</mi></math>",
    f"<link rel=stylesheet href=javascript:{RUN}>", f"<style>@import 'javascript:{RUN}';</style>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", f"<base href=javascript:{RUN}//>",
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"</select><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->", f"<![CDATA[<script>{RUN}</script>]]>", f"{{{{ 7*7 }}}}<script>{RUN}</script>",
    f"{{% raw %}}<script>{RUN}</script>", f"＜script＞{RUN}＜/script＞<script >{RUN}</script >",
)  # fmt: skip
