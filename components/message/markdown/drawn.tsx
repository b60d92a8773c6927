/** For tests: an answer as rendered on the server. */
import { NextIntlClientProvider } from "next-intl"
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5"
import type { JSX } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { prerenderToNodeStream } from "react-dom/static"
import { type Components, type PluginConfig, Streamdown } from "streamdown"
import { blocksOf } from "@/components/message/markdown/html/syntax"
import { prepared, REMEND_OPTIONS, rehypePluginsFor, remarkPlugins } from "@/components/message/markdown/pipeline"
import { loadPlugins } from "@/components/message/markdown/plugins"
import MarkdownView from "@/components/message/markdown/view"
import messages from "@/lib/i18n/en.json"

/** The HTML of a text, including everything that is loaded lazily. */
export async function drawn(text: string, streaming = false): Promise<string> {
  await loadPlugins("$$ *，")
  const { prelude } = await prerenderToNodeStream(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <MarkdownView text={text} streaming={streaming} />
    </NextIntlClientProvider>,
  )
  let html = ""
  for await (const chunk of prelude) html += chunk
  return html
}

type Node = DefaultTreeAdapterTypes.ChildNode

/** Elements the page adds to an answer, and those only machines read. */
const isOurs = (node: Node): boolean =>
  "attrs" in node &&
  (node.tagName === "svg" ||
    node.attrs.some(
      ({ name, value }) => name === "class" && /\b(?:part-bar|katex-mathml|sr-only|formula-copy)\b/.test(value),
    ))

function textOf(node: Node): string {
  if (isOurs(node)) return ""
  if (node.nodeName === "#text" && "value" in node) return node.value
  if (node.nodeName === "br") return "\n"
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : ""
}

/** The visible words, with whitespace collapsed. */
export const words = (html: string): string =>
  parseFragment(html).childNodes.map(textOf).join("").replace(/\s+/g, " ").trim()

/** The tags of the visible content, in order. */
export function tags(html: string): string[] {
  const found: string[] = []
  const visit = (node: Node) => {
    if (isOurs(node) || !("childNodes" in node)) return
    if ("tagName" in node) found.push(node.tagName)
    node.childNodes.forEach(visit)
  }
  parseFragment(html).childNodes.forEach(visit)
  return found
}

const PLAIN: (keyof JSX.IntrinsicElements)[] = [
  ...(["table", "thead", "tbody", "tr", "th", "td", "strong", "code", "pre", "a", "img", "ul", "ol", "li"] as const),
  ...(["h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "sup", "sub", "input"] as const),
]
const plain: Components = Object.fromEntries(PLAIN.map((tag) => [tag, tag]))
const rehypePlugins = rehypePluginsFor("m-")

/**
 * Like `drawn` without the page's own parts: many times faster. `loadPlugins` loads what is otherwise loaded lazily.
 */
export const outlined = (text: string, streaming = false, plugins: PluginConfig = {}): string =>
  renderToStaticMarkup(
    <Streamdown
      isAnimating={streaming}
      parseIncompleteMarkdown={streaming}
      remend={REMEND_OPTIONS}
      components={plain}
      parseMarkdownIntoBlocksFn={blocksOf}
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      plugins={plugins}
      controls={false}
    >
      {prepared(text, streaming)}
    </Streamdown>,
  )

/** Prefixes of a streaming text that show words the complete text does not start with. */
export async function flashes(text: string): Promise<string[]> {
  const plugins = await loadPlugins("$$ *，")
  const whole = words(outlined(text, false, plugins))
  const wrong: string[] = []
  for (let length = 1; length <= text.length; length++) {
    const shown = words(outlined(text.slice(0, length), true, plugins))
    if (!whole.startsWith(shown)) wrong.push(`${JSON.stringify(text.slice(0, length))} shows ${JSON.stringify(shown)}`)
  }
  return wrong
}
