/** The task of a worker thread: from the bytes of a page to its readable text. Nothing here asks the network. */
import { Defuddle } from "defuddle/node"
import { parseHTML } from "linkedom"
import { decodedText } from "@/lib/ai/tools/read_web_page/charset"

export interface Readable {
  title: string
  site: string
  author: string
  published: string
  /** Markdown; plain text as it is. */
  text: string
}

/** `type`: the whole `content-type`. Throws for what can't be parsed. */
export async function readablePage(bytes: Uint8Array, type: string, url: string): Promise<Readable> {
  const text = decodedText(bytes, type)
  if (!/html/i.test(type)) return { title: "", site: "", author: "", published: "", text: text.trim() }
  const { document } = parseHTML(wholePage(text))
  // What no person sees is no text of the page.
  for (const hidden of document.querySelectorAll("script, style, noscript, template, iframe, object, embed, [hidden]"))
    hidden.remove()
  const { title, site, author, published, content } = await Defuddle(document, url, {
    markdown: true,
    removeImages: true,
    // Else it would ask other servers for the text of some sites.
    useAsync: false,
    fetch: () => Promise.reject(new Error("no network here")),
  })
  return { title, site, author, published, text: content.trim() || plainOf(document.body?.textContent ?? "") }
}

const HEAD = /<title[^>]*>[^<]*<\/title\s*>|<meta\s[^>]{0,2000}>/gi

/** With the elements that a page may leave out, which the parser doesn't add. */
function wholePage(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html
  const [head, body = head] = html.split(/<\/head\s*>/i, 2)
  const rest = (body ?? "").replace(/<!doctype[^>]*>|<\/?(?:html|head|body)(?:\s[^>]*)?>/gi, "")
  return `<!doctype html><html><head>${html.match(HEAD)?.join("") ?? ""}</head><body>${rest}</body></html>`
}

const plainOf = (text: string) =>
  text
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim()
