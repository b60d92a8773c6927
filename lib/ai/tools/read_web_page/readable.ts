/** The task of a worker thread: extracts readable text from the bytes of a page. Makes no network requests. */
import { Defuddle } from "defuddle/node"
import { parseHTML } from "linkedom"
import { decodedText } from "@/lib/ai/tools/read_web_page/charset"

export interface Readable {
  title: string
  site: string
  author: string
  published: string
  /** Markdown; plain text stays as it is. */
  text: string
}

/** `type`: the full `content-type`. Throws if it can't be parsed. */
export async function readablePage(bytes: Uint8Array, type: string, url: string): Promise<Readable> {
  const text = decodedText(bytes, type)
  if (!/html/i.test(type)) return { title: "", site: "", author: "", published: "", text: text.trim() }
  const { document } = parseHTML(wholePage(text))
  // Removes what is not visible.
  for (const hidden of document.querySelectorAll("script, style, noscript, template, iframe, object, embed, [hidden]"))
    hidden.remove()
  const { title, site, author, published, content } = await Defuddle(document, url, {
    markdown: true,
    removeImages: true,
    // Otherwise it would request the text of some sites from other servers.
    useAsync: false,
    fetch: () => Promise.reject(new Error("no network here")),
  })
  return { title, site, author, published, text: content.trim() || plainOf(document.body?.textContent ?? "") }
}

const HEAD = /<title[^>]*>[^<]*<\/title\s*>|<meta\s[^>]{0,2000}>/gi

/** Adds elements that a page may omit, because the parser doesn't. */
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
