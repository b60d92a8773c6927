/** Pictures embedded in a web page as `data:` URLs. */
import rehypeParse from "rehype-parse"
import { unified } from "unified"

interface Node {
  type: string
  tagName?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

const SHOWS: ReadonlySet<string> = new Set(["img", "source", "image", "input", "object", "embed", "video"])
const PLACES = ["src", "href", "xLinkHref", "data", "poster"]
const BEGINS = /^\s*data:image\//i

/** `data:` URLs of pictures that a page shows, deduplicated and in order. */
export function dataAddressesIn(html: string): string[] {
  if (!/data:image\//i.test(html)) return []
  const found = new Set<string>()
  const waiting: Node[] = [unified().use(rehypeParse).parse(html)]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.tagName && SHOWS.has(node.tagName))
      for (const address of addressesOf(node.properties ?? {})) found.add(address.trim())
    waiting.push(...(node.children ?? []).toReversed())
  }
  return [...found]
}

function addressesOf({ srcSet, ...properties }: Record<string, unknown>): string[] {
  const single = PLACES.map((place) => String(properties[place] ?? "")).filter((address) => BEGINS.test(address))
  // The parser has split this list at commas, including those within the URLs.
  const listed = Array.isArray(srcSet) ? srcSet.join(",") : String(srcSet ?? "")
  return [...single, ...(listed.match(/data:image\/[^\s,]*,[^\s,]+/gi) ?? [])]
}
