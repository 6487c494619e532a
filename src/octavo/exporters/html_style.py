"""How the HTML export looks, on a screen and on paper."""

STYLE = """
:root{color-scheme:light dark}
body{margin:0 auto;max-width:46rem;padding:1.5rem;font:1rem/1.5 Georgia,"Times New Roman",serif}
h1,h2,h3,h4,h5,h6{font-family:system-ui,sans-serif;line-height:1.25;margin:1.6em 0 .5em}
p,ul,ol,pre,table,figure,aside,blockquote{margin:.8em 0}
.check{list-style:none;margin-left:-1.3em}
table{border-collapse:collapse;max-width:100%;font-size:.92em}
caption,figcaption,.caption{font-size:.9em;font-style:italic;text-align:left;padding:.2em 0}
th,td{border:1px solid #8888;padding:.25em .5em;text-align:left;vertical-align:top}
thead th{background:#8882}
figure img{max-width:100%;height:auto}
pre{overflow:auto;padding:.8em;background:#8881}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}
.callout{border-left:.25em solid #58a;padding:.1em 1em;background:#58a1}
.callout.warning,.callout.caution{border-color:#c73;background:#c731}
.formula{text-align:center}
.footnote{font-size:.85em;border-top:1px solid #8884;padding-top:.3em}
.inside{font-size:.85em}
.page{border-top:1px dashed #8886;margin:1.5em 0;font:.75rem/1 system-ui,sans-serif;text-align:right;color:#888}
.page::after{content:attr(aria-label)}
@media print{body{max-width:none;padding:0}.page{display:none}thead{display:table-header-group}
tr,figure,pre,aside{break-inside:avoid}h1,h2,h3,h4,h5,h6{break-after:avoid}}
"""
