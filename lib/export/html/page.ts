/**
 * The page template of a chat's HTML file: its policy and styles. Opens from disk, and neither runs nor loads anything.
 */
import { escaped } from "@/lib/export/html/escape"
import type { Language } from "@/lib/i18n/language"

const STYLE = `
:root{color-scheme:light dark;--text:#1f1d1a;--soft:#6b665e;--line:#e2ddd4;--page:#fdfcfa;--own:#f3efe8;--code:#f3efe8}
@media (prefers-color-scheme:dark){:root{--text:#ece8e1;--soft:#a49d92;--line:#3a362f;--page:#1b1917;--own:#2a2723;--code:#26231f}}
body{margin:0 auto;padding:2rem 1rem 4rem;max-width:46rem;background:var(--page);color:var(--text);font:16px/1.65 system-ui,sans-serif;overflow-wrap:anywhere}
header{border-bottom:1px solid var(--line);margin-bottom:1.5rem}h1{font-size:1.5rem;line-height:1.3;margin:0}
header p,.who{color:var(--soft);font-size:.85rem}.who{font-weight:600;margin:0 0 .3rem}
article{margin:1.5rem 0}.own{background:var(--own);border-radius:.75rem;padding:.75rem 1rem}.plain{white-space:pre-wrap;margin:0}
pre{background:var(--code);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;overflow-x:auto;font-size:.85rem;line-height:1.5}
code{font-family:ui-monospace,Consolas,monospace;font-size:.9em}pre code{font-size:inherit}
blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid var(--line);color:var(--soft)}
.table,.math{overflow-x:auto;margin:1rem 0}li>p{margin:.2rem 0}table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:start}
.center{text-align:center}.right{text-align:end}img{max-width:100%;height:auto;border-radius:.5rem;display:block;margin:.5rem 0}
a{color:inherit}.note{color:var(--soft);font-size:.9rem}hr{border:0;border-top:1px solid var(--line)}
@media print{body{max-width:none;padding:0}pre{white-space:pre-wrap}article,pre,table,img{break-inside:avoid-page}.own{border:1px solid var(--line)}}
`

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

export const pageBegin = (title: string, date: string, language: Language): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p>${escaped(date)}</p></header>
<main>
`

export const pageEnd = "</main>\n</body>\n</html>\n"
