import { parseFragment, serialize } from "parse5"
import { describe, expect, test } from "vitest"
import { drawn } from "@/components/message/markdown/drawn"

const OUTER = [
  "a href=https://a.b/",
  "p",
  "b",
  "div",
  "h2",
  "ul",
  "li",
  "table",
  "td",
  "button",
  "details",
  "summary",
  "pre",
  "code",
  "math",
  "svg",
  "ruby",
  "dl",
  "dd",
  "center",
  "font",
  "sub",
  "label",
  "select",
  "object",
  "template",
  "caption",
  "blockquote",
  "section",
]
const INNER = [
  "<p>x</p>",
  "<table><tr><td>x</td></tr></table>",
  "<button>x</button>",
  "<a href='https://c.d/'>x</a>",
  "<div>x</div>",
  "<h3>x</h3>",
  "<li>x</li>",
  "<tr><td>x</td></tr>",
  "$x$ and $$y$$",
  "<pre>x</pre>",
  "<form><form>x</form></form>",
  "<img src=https://a.b/c.png>",
  "<details><summary>x</summary>y</details>",
  "<hr>",
  "<nobr><nobr>x",
]

/** Start and end tags in order. */
const tagsOf = (html: string) =>
  [...html.replace(/<!--.*?-->/g, "").matchAll(/<(\/?[a-zA-Z][\w-]*)/g)].map(([, tag = ""]) => tag.toLowerCase())

const VOID = /^\/?(?:br|hr|img|input|col|wbr|path|circle|rect|line|polyline|polygon)$/

/** What the server sends, and how an HTML parser reads it. */
async function parsedAs(text: string): Promise<[sent: string[], parsed: string[]]> {
  const html = await drawn(text)
  const tags = (source: string) => tagsOf(source).filter((tag) => !VOID.test(tag))
  return [tags(html), tags(serialize(parseFragment(html)))]
}

describe("rendered answers survive HTML parsing unchanged", () => {
  test.each(OUTER)("in <%s>", async (outer) => {
    const [name = ""] = outer.split(" ")
    const places = (inner: string) => [
      `<${outer}>${inner}</${name}>`,
      `words <${outer}>words ${inner} words</${name}> words`,
      `- <${outer}>${inner}</${name}>`,
      `| a |\n| --- |\n| <${outer}>${inner}</${name}> |`,
      `[<${outer}>${inner}</${name}>](https://e.f/)`,
    ]
    // Two of five places per pair, alternating: covers every pair, and every tag in every place, in a fraction of the
    // time.
    for (const [index, inner] of INNER.entries())
      for (const text of places(inner).filter((_, place) => (place + index + OUTER.indexOf(outer)) % 5 < 2)) {
        const [sent, parsed] = await parsedAs(text)
        expect(parsed, text).toEqual(sent)
      }
  })

  test.each([
    "[![x](https://a.b/c.png)](https://d.e/)",
    "[a [b](https://a.b/) c](https://d.e/) <https://f.g/>",
    "[![a](https://a.b/1.png) ![b](https://a.b/2.png)](https://d.e/) ![c](https://f.g/3.png)",
    "<table>text<tr>more<td>x<table><td>y</table></table>",
    "<b><p>one</b>two</p>",
    "<a href=https://a.b/><table><tr><td><a href=https://c.d/>x</a></td></tr></table></a>",
    "- [ ] task <input type=checkbox>\n- [x] <p>done",
    "text[^1] <div>\n\n[^1]: note <p>x</p>\n",
    "<ul><p><li>x<ul>y</ul>",
    "<p><table><tr><td>\n\n<p>x</p>\n\n</td></tr></table>",
    "<div>\n\n<a href=https://a.b/>\n\n[x](https://c.d/)\n\n</a>\n\n</div>",
    "<ul><li><div><table><li>x</li></table></div></li></ul>",
    "# <p>x</p> $x$\n\n> <h1>y</h1>",
  ])("%s", async (text) => {
    const [sent, parsed] = await parsedAs(text)
    expect(parsed).toEqual(sent)
  })
})

describe("HTML from a model never loads resources or triggers actions", () => {
  const SOURCES = [
    "/api/auth/signout",
    "http:/api/x",
    "//other.example/x",
    "https://other.example/x",
    "javascript:x",
    "/\\other.example",
  ]
  test.each([
    "<picture><source srcset='URL'><img src='URL' srcset='URL 2x' alt=x></picture>",
    "<img src='URL' srcset='URL' longdesc='URL' usemap='URL' lowsrc='URL' onerror=x>",
    "<video src='URL' poster='URL'><source src='URL'></video><audio src='URL'></audio><track src='URL'>",
    "<table background='URL'><tr><td background='URL' style='background:url(URL)'>x</td></tr></table>",
    "<object data='URL'></object><embed src='URL'><iframe src='URL' srcdoc='x'></iframe>",
    "<form action='URL'><button formaction='URL'>x</button><input type=image src='URL'></form>",
    "<a href='URL' ping='URL'>x</a><area href='URL'>",
    "<svg><a xlink:href='URL'>x</a><use href='URL'/><image href='URL'/></svg>",
    "<link rel=stylesheet href='URL'><base href='URL'><meta http-equiv=refresh content='0;url=URL'>",
    "<blockquote cite='URL'>x</blockquote><q cite='URL'>x</q><del cite='URL'>x</del>",
    "<div style='background:url(URL)' action='URL' accesskey=x tabindex=1>x</div><style>@import 'URL'</style>",
    "<details open ontoggle=x><summary>x</summary>URL</details><b onclick=x>x</b>",
    "[x](URL) ![y](URL) <URL>",
    "[x]: URL\n\n[x] ![x]",
  ])("%s", async (template) => {
    for (const source of SOURCES) {
      const html = await drawn(template.replaceAll("URL", source))
      const attributes = [...html.replace(/<svg.*?<\/svg>/g, "").matchAll(/<[a-z][^<>]*>/g)].join(" ")
      expect(attributes).not.toMatch(
        /\s(?:src|srcset|poster|background|data|action|formaction|ping|style|xlink:href|usemap|cite|longdesc|lowsrc|accesskey|on\w+)=/,
      )
      for (const [, href = ""] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/other\.example\//)
      expect(html).not.toMatch(/<(?:script|style|iframe|object|embed|form|base|link|meta|source|video|audio)\b/)
    }
  })
})
