import { describe, expect, test } from "vitest"
import { drawn, flashes, tags, words } from "@/components/message/markdown/drawn"

/** Text that is not shown as HTML: every character of it is visible. */
const WRITTEN = [
  "ssh <user>@<server> -p <port>",
  "Vec<String>, Map<String, List<Integer>>, std::vector<int>, Promise<void>, Option<&str>",
  "std::vector<std::string> and unordered_map<std::string, std::vector<int>>",
  "List<B>, Box<A>, Set<S>, Option<Span>, Array<Table>, <T>, <K, V>, fn<'a>",
  "put <name>, <YOUR_TOKEN>, <your-api-key> or <path/to/file> there",
  "#include <stdio.h> and #include <sys/types.h>",
  "a < b > c, a<b>c, x <= y, 1 << 2, i <3 you, <- and ->, <>, </>",
  "<Button onClick={x}>Hi</Button>",
  '<Foo bar="a*b*c" /> and <my-element some-attr="_x_">y</my-element>',
  '<template><div v-if="ok" :class="x">Hi</div></template>',
  '<div className="x"><p>Hi</p></div>',
  "<note><to>Tove</to><section>Hi</section><b>x</b></note>",
  '<?xml version="1.0"?>',
  "<?php echo $x; ?>",
  "before <!-- a *comment* --> after",
  "<!-- alone -->",
  "<!DOCTYPE html>",
  "<![CDATA[ *x* ]]>",
  "<b>unclosed and <kbd>too",
  "press <b> to go, <time> to wait, <code> to type",
  "use <td>, <li>, <div> and <table> tags, </p> and </b>",
  "between <b> and </b>, <i>...</i>, <kbd></kbd> or <div>/</div>",
  "the <img> tag, the <input> tag and the <source> tag",
  "<tr><td>out of a table</td></tr>",
  "<source src=a>",
  "<script>alert(1 * 2 * 3)</script>",
  "x <script>alert(1)</script> <style>b{}</style> <iframe src='https://a.b/c'></iframe> y",
  "<form action='/api/x'><label>Name</label><br><input name=a><button>Go</button></form>",
  '<svg onload="alert(6)"><a>x</a><path d="M 0 0"/></svg>',
  "<video src=x></video> <object data=x></object> <embed src=x> <base href=x> <link rel=x href=y> <meta a=b>",
  "<title>x</title> <textarea>x</textarea> <select><option>x</option></select> <math><mi>x</mi></math>",
  "<user> is a **bold** name, <x>",
  "<std::string> <soap:Envelope> <xs:element>",
  "<div",
  "<b class=",
]

describe("text that is not HTML is shown verbatim", () => {
  test.each(WRITTEN)("%s", async (text) => {
    const shown = text.replaceAll("**", "")
    expect(words(await drawn(text))).toBe(shown)
    for (const [before, after] of [
      ["- ", ""],
      ["> ", ""],
      ["Words:\n\n1. first\n2. ", "\n3. last"],
    ]) {
      const block = words(await drawn(`${before}${text}${after}`))
      expect(block, block).toContain(shown)
    }
  })

  test.each(WRITTEN.filter((text) => !/^<[!?]|^<(?:script|div|source|tr)/.test(text)))(
    "in a heading, a table cell and a link: %s",
    async (text) => {
      const shown = text.replaceAll("**", "")
      expect(words(await drawn(`## ${text}`))).toBe(shown)
      expect(words(await drawn(`| ${text} | b |\n| --- | --- |\n| c | ${text} |`)).split(shown)).toHaveLength(3)
      expect(words(await drawn(`see [${text.replace(/[[\]]/g, "")}](https://example.com/) there`))).toContain(
        shown.replace(/[[\]]/g, "").slice(0, 8),
      )
    },
  )

  test.each(WRITTEN)("and never flashes as anything else while streaming: %s", async (text) => {
    expect(await flashes(text)).toEqual([])
  })

  test("across several lines, preserving line breaks", async () => {
    const page = "<script>\nlet a = 1 * 2\n\nlet b = a * 3\n</script>"
    const html = await drawn(page)
    expect(html).toContain("as-written")
    expect(html).toContain("let a = 1 * 2\n\nlet b = a * 3\n")
    expect(words(await drawn("<Card>\n  <h1>Title</h1>\n\n  <p>Text</p>\n</Card>"))).toBe(
      "<Card> <h1>Title</h1> <p>Text</p> </Card>",
    )
    expect(words(await drawn("<html>\n<head><title>Hi</title></head>\n<body><h1>x</h1></body>\n</html>"))).toBe(
      "<html> <head><title>Hi</title></head> <body><h1>x</h1></body> </html>",
    )
  })

  test("Markdown after an unknown tag is rendered as Markdown", async () => {
    expect(tags(await drawn("<user>\n```js\na\n\nb\n```\n\n- end"))).toEqual(
      expect.arrayContaining(["p", "pre", "ul", "li"]),
    )
    expect(tags(await drawn("<answer>\n\n| a<br>b | c |\n|---|---|\n| 1 | 2 |\n\n</answer>"))).toContain("br")
    expect(tags(await drawn("<name> is **required**"))).toContain("strong")
  })

  test("a URL in angle brackets is a link, and code stays code", async () => {
    expect(await drawn("mail <foo@bar.com> or see <https://a.b/c>")).toMatch(/mailto:foo@bar.com.*https:\/\/a\.b\/c/)
    expect(words(await drawn("`<b>` and `Vec<String>`"))).toBe("<b> and Vec<String>")
    expect(words(await drawn("    <code> & <x>"))).toBe("<code> & <x>")
    expect(words(await drawn("&lt;user&gt; and &amp;lt;"))).toBe("<user> and &lt;")
  })
})

/** Text shown as HTML, with the resulting tags. */
const SHOWN: [text: string, tag: string, words: string][] = [
  ["one<br>two<br/>three", "br", "one two three"],
  ["press <kbd>Ctrl</kbd>+<kbd>C</kbd>", "kbd", "press Ctrl+C"],
  ["H<sub>2</sub>O, x<sup>2</sup>", "sub", "H2O, x2"],
  ["<b>bold</b> <i>i</i> <u>u</u> <mark>m</mark> <small>s</small> <del>d</del>", "u", "bold i u m s d"],
  [
    "<details>\n<summary>Sum of Vec<String></summary>\n\n**inner**\n\n</details>\n\nafter",
    "details",
    "Sum of Vec<String> inner after",
  ],
  ["<details><summary>A</summary>text</details>", "summary", "Atext"],
  ["<table><tr><th>h</th></tr><tr><td>a <b>b</b></td></tr></table>", "table", "ha b"],
  ["<table>\n<colgroup><col></colgroup>\n<tbody>\n<tr>\n<td>a</td>\n</tr>\n</tbody>\n</table>", "td", "a"],
  ["<ul>\n<li>one\n<li>two\n</ul>", "li", "one two"],
  ['<div align="center">\n\n# Title\n\n</div>', "h3", "Title"],
  ["<p align=center>hi</p>", "p", "hi"],
  ["<pre><code>a <b>x</b> c</code></pre>", "pre", "a x c"],
  ['<a href="https://example.com/">there</a>', "a", "there"],
  ["| a<br>b | <kbd>x</kbd> |\n| --- | --- |\n| <b>c</b> | d |", "br", "a b x c d"],
  ["<BR><B>loud</B>", "b", "loud"],
]

test("while streaming, a tag is classified by the text after it", async () => {
  expect(
    await flashes("Here: ssh <user>@<host>, at <time> or with <b>, and more. Then <i>slanted</i>, <b>bold</b>."),
  ).toEqual([])
})

describe("supported HTML", () => {
  test.each(SHOWN)("%s", async (text, tag, shown) => {
    const html = await drawn(text)
    expect(tags(html)).toContain(tag)
    expect(words(html).replaceAll(" ", "")).toBe(shown.replaceAll(" ", ""))
  })

  test.each(SHOWN)("does not flash as text while streaming: %s", async (text) => {
    expect(
      (await flashes(text)).filter((flash) => /shows ".*</.test(flash) && !/shows ".*<String/.test(flash)),
    ).toEqual([])
  })
})
