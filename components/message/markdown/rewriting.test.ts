/** How the page renders fences, tables, lists and addresses as models write them, also while they grow. */
import { beforeAll, describe, expect, test } from "vitest"
import { drawn, flashes, tags, words } from "@/components/message/markdown/drawn"
import { loadPlugins } from "@/components/message/markdown/plugins"
import { openFence } from "@/components/message/markdown/text/fences"
import { withLists } from "@/components/message/markdown/text/lists"
import { lengthenOuterFences } from "@/components/message/markdown/text/prose"
import { countCells, protectTablePipes, restorePipes } from "@/components/message/markdown/text/tables"

beforeAll(async () => {
  await loadPlugins("$$ *，")
})

/** The number of code blocks, and all visible words. */
async function codeOf(text: string): Promise<{ blocks: number; words: string }> {
  const html = await drawn(text)
  return { blocks: tags(html).filter((tag) => tag === "pre").length, words: words(html) }
}

describe("Markdown code block containing code blocks", () => {
  const inner = "# T\n\n```js\nx\n```\n\nmore"
  test.each([
    ["with three backticks", `\`\`\`markdown\n${inner}\n\`\`\`\n\nafter`],
    ["labeled md", `\`\`\`md\n${inner}\n\`\`\`\n\nafter`],
    ["labeled mdx, with a title", `\`\`\`mdx title="a.mdx"\n${inner}\n\`\`\`\n\nafter`],
    ["with four backticks", `\`\`\`\`markdown\n${inner}\n\`\`\`\`\n\nafter`],
    ["with tildes", `~~~markdown\n${inner}\n~~~\n\nafter`],
    ["with tildes throughout", `~~~markdown\n${inner.replaceAll("```", "~~~")}\n~~~\n\nafter`],
    ["with two blocks", `\`\`\`markdown\n${inner}\n\n\`\`\`sh\nls\n\`\`\`\n\`\`\`\n\nafter`],
    ["with Markdown in Markdown", `\`\`\`markdown\n\`\`\`md\n${inner}\n\`\`\`\nend\n\`\`\`\n\nafter`],
    ["with a list", "```markdown\n1. do\n   ```sh\n   ls\n   ```\n2. done\n```\n\nafter"],
  ])("is a single block: %s", async (_, text) => {
    const { blocks, words: shown } = await codeOf(text)
    expect(blocks).toBe(1)
    expect(shown).toMatch(/```|~~~/)
    expect((await codeOf(`- item\n\n${text.replace(/^(?=.)/gm, "  ")}`)).blocks).toBe(1)
    expect(tags(await drawn(text)).at(-1)).toBe("p")
    expect(await flashes(text)).toEqual([])
  })

  test("code blocks of other languages end where CommonMark ends them", async () => {
    const text = "```js\na\n```\n\nwords\n\n```sh\nb\n```\n\nafter"
    expect(lengthenOuterFences(text)).toBe(text)
    expect((await codeOf(text)).blocks).toBe(2)
    expect(openFence("```markdown\n```js\nx\n```\n")).not.toBeNull()
    expect(openFence("```markdown\nx\n```\n")).toBeNull()
  })
})

describe("pipes in table cells", () => {
  test.each([
    ["a formula", "| $|x|$ | absolute |", ["|x|", "absolute"]],
    ["a LaTeX formula", "| \\(|x|\\) | absolute |", ["|x|", "absolute"]],
    ["a probability", "| $P(A|B)$ | `a|b` |", ["P(A|B)", "a|b"]],
    ["two formulas", "| $|x|$ and $|y|$ | `x || y` |", ["|x| and |y|", "x || y"]],
    ["already escaped code", "| `a \\| b` | c |", ["a | b", "c"]],
    ["an escaped pipe in a formula", "| $P(A\\|B)$ | c |", ["P(A|B)", "c"]],
    ["a norm", "| $\\|x\\|$ | norm |", ["\\|x\\|", "norm"]],
    ["money", "| $5 | $10 |", ["$5", "$10"]],
    ["no pipes at the ends", "$|x|$ | b", ["|x|", "b"]],
  ])("%s", async (_, row, cells) => {
    for (const table of [`| a | b |\n| --- | --- |\n${row}\n| c | d |`, `${row}\n| --- | --- |\n| c | d |`]) {
      const html = await drawn(table)
      const shown = [...html.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
        cell.replace(/<span data-tex="([^"]*)".*?<!--\/\$-->/g, "$1").replace(/<[^>]*>/g, ""),
      )
      expect(shown.length % 2).toBe(0)
      expect(shown.slice(-2)).toEqual(["c", "d"])
      expect(shown).toEqual(expect.arrayContaining(cells))
    }
    const flashing = await flashes(`| a | b |\n| --- | --- |\n${row}\n| c | d |\n\nend`)
    // Except for a pipe in code whose escape has arrived before the pipe itself.
    expect(flashing.filter((flash) => !/a \\\\" shows/.test(flash))).toEqual([])
  })

  test.each([
    ["before a word", `${" ".repeat(200_000)}a|b\n`],
    ["after dashes", `|a|b|\n|-${"\t".repeat(200_000)}x|\n`],
    ["around pipes", `|a|b|\n|-|${" ".repeat(200_000)}x\n`],
  ])("a very long run of spaces %s is processed in linear time", (_, text) => {
    expect(protectTablePipes(text)).toBe(text)
  })

  test("text outside of table rows is unchanged, and pipes are restored", () => {
    const text = "`a|b` and $|x|$\n\n- `c|d`"
    expect(protectTablePipes(text)).toBe(text)
    const [, , row = ""] = protectTablePipes("| a | b |\n|---|---|\n| $|x|$ | y |").split("\n")
    expect(restorePipes(row)).toBe("| $|x|$ | y |")
    expect(countCells("| $|x|$ | `a|b` |")).toBe(2)
    // Two cells with one dollar each, since the table has two columns.
    expect(protectTablePipes("| a | b |\n|---|---|\n| $a | b$ |\n| c | d |")).toContain("| $a | b$ |")
  })
})

describe("lists with non-standard bullets", () => {
  test.each(["•", "‣", "●", "◦", "▪", "–", "·"])("%s", async (sign) => {
    const text = `Intro:\n${sign} one\n${sign} **two**\n  ${sign} inner\n\nend`
    const html = await drawn(text)
    expect(tags(html).filter((tag) => tag === "li")).toHaveLength(3)
    expect(words(html)).toBe("Intro: one two inner end")
    expect(await flashes(text)).toEqual([])
    expect(await flashes(`${sign} one\n${sign} two`)).toEqual([])
  })

  test.each(["1) a\n2) b", "1. a\n2. b"])("%j are CommonMark lists", async (text) => {
    expect(tags(await drawn(text)).filter((tag) => tag === "li")).toHaveLength(2)
  })

  test.each([
    "(1) a\n(2) b",
    "① 甲\n② 乙",
    "1、甲\n2、乙",
    "（1）甲\n（2）乙",
    "a) one\nb) two",
    "✅ done\n❌ not done",
    "— Hello\n— Goodbye",
    "👉 here\n👉 there",
  ])("line breaks are preserved: %j", async (text) => {
    expect(tags(await drawn(text))).toContain("br")
    expect(await flashes(text)).toEqual([])
  })

  test("text that is not a list is unchanged", () => {
    for (const text of [
      "– Albert Einstein",
      "●●●○○ three of five",
      "5 • 6",
      "a – b\nc – d",
      "```\n• a\n```",
      "    • code",
    ])
      expect(withLists(text.startsWith("```") ? "" : text)).toBe(text.startsWith("```") ? "" : text)
  })
})

describe("URLs in Chinese and Japanese text", () => {
  const links = async (text: string) => {
    const html = await drawn(text)
    return { hrefs: [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => decodeURI(href)), words: words(html) }
  }
  test.each([
    ["见 https://example.com/a，然后", "https://example.com/a"],
    ["见https://example.com/a。", "https://example.com/a"],
    ["（https://example.com/a）说", "https://example.com/a"],
    ["「https://example.com/a」と", "https://example.com/a"],
    ["“https://example.com/a”吧", "https://example.com/a"],
    ["看https://example.com/a然后", "https://example.com/a"],
    ["https://example.comを見て", "https://example.com"],
    ["https://example.com에서 보기", "https://example.com"],
    ["https://example.com/?q=1；下", "https://example.com/?q=1"],
    ["(https://example.com/a)，下", "https://example.com/a"],
    ["https://example.com/a_(b)，下", "https://example.com/a_(b)"],
    ["https://example.com/ａｂ", "https://example.com/ａｂ"],
    ["https://zh.wikipedia.org/wiki/中国", "https://zh.wikipedia.org/wiki/中国"],
    ["https://zh.wikipedia.org/wiki/中国，是", "https://zh.wikipedia.org/wiki/中国"],
    ["https://例え.jp/道", "https://例え.jp/道"],
    ["https://example.com/#简介、等", "https://example.com/#简介"],
    ["看www.example.com，然后", null],
    ["看 www.example.com/a，然后", "http://www.example.com/a"],
    ["<https://example.com/a，b>", "https://example.com/a，b"],
    ["[文](https://example.com/a（b）)", "https://example.com/a（b）"],
  ])("%s", async (text, address) => {
    const { hrefs, words: shown } = await links(text)
    if (address) expect(hrefs).toEqual([address])
    expect(shown).toBe(text.replace(/^<|>$/g, "").replace(/^\[文\].*/, "文"))
  })

  test("two URLs, with Markdown after one", async () => {
    expect((await links("https://a.com/x，https://b.com/y。")).hrefs).toEqual(["https://a.com/x", "https://b.com/y"])
    expect(tags(await drawn("看https://a.com/x，**然后**走"))).toContain("strong")
    expect(await flashes("看https://a.com/x，**然后**走，见（https://b.com/y）。")).toEqual([])
  })
})

describe("tildes and emphasis", () => {
  test.each([
    ["3~5天，价格100~200元", []],
    ["~one~ and ~~two~~", ["del"]],
    ["H~2~O", []],
    ["他说**“你好”**，然后", ["strong"]],
    ["**注意：**请看", ["strong"]],
    ["**「重要」**です", ["strong"]],
    ["这是~~删除。~~的", ["del"]],
    ["*强调，*后", ["em"]],
  ])("%s", async (text, expected) => {
    expect(tags(await drawn(text)).filter((tag) => ["del", "strong", "em"].includes(tag))).toEqual(expected)
    expect(await flashes(text)).toEqual([])
  })
})

describe("streaming formulas", () => {
  test.each([
    "so \\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\nend",
    "\\begin{equation}\nx = \\begin{cases} 1 & a \\\\ 2 & b \\end{cases}\n\\end{equation}\n\nend",
    "water \\ce{H2O} and \\ce{^{227}_{90}Th+}, end",
    "设$x$为，令$x^2$。价格$5到$10元",
    "> so \\(a + b\\) and\n> \\[\n> y = 1\n> \\]\n> end",
    "- so\n  \\[ x = 1 \\]\n- end",
  ])("%j", async (text) => {
    expect((await flashes(text)).filter((flash) => /shows ".*(?:\\\\(?:b|c|\(|\[)|\$x)/.test(flash))).toEqual([])
  })

  test.each([
    "$$\\begin{multline} a \\\\ b \\end{multline}$$",
    "\\begin{eqnarray} a &=& b \\end{eqnarray}",
    "\\begin{equation}\\label{e} x \\end{equation}",
    "so \\begin{align} a &= b \\end{align} there",
    "so \\begin{equation} a \\end{equation} there",
    "$\\ce{2H2 + O2 -> 2H2O}$",
  ])("is rendered by KaTeX: %s", async (text) => {
    const html = await drawn(text)
    expect(html).toContain("katex")
    expect(html).not.toContain("broken-formula")
  })
})
