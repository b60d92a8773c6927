/** `read_web_page`: a URL chosen by the model, requested with the guarded fetch after the user's approval. */
import { plainText } from "@/lib/ai/service/plain-text"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import type { Readable } from "@/lib/ai/tools/read_web_page/readable"
import { type PageInput, type PageOutput, pageInput, pageOutput } from "@/lib/ai/tools/read_web_page/types"
import type { StoreFullResult } from "@/lib/ai/tools/whole"
import { AppError } from "@/lib/http/errors"
import { guardedFetch, type Rules } from "@/lib/http/outgoing/guarded-fetch"
import { internet, type Network } from "@/lib/http/outgoing/network"
import { sentence } from "@/lib/i18n/sentences"
import { work } from "@/lib/work/work"

const RULES: Rules = {
  http: true,
  maxBytes: 3_000_000,
  headMs: 15_000,
  totalMs: 30_000,
  types: ["text/*", "application/xhtml+xml", "application/json", "application/xml", "application/pdf"],
}
const WORK_MS = 5_000
/** Characters of a page per result. */
const PIECE = 30_000

export default defineTool({
  name: "read_web_page",
  description:
    "Read the text of a web page by its URL. The person is asked for permission first. Cite it by its number in square brackets, like [1].",
  input: pageInput,
  output: pageOutput,
  limits: { timeMs: 60_000, resultChars: 100_000, atOnce: 3 },
  // A URL can leak the conversation to its owner, so the user sees it before the request.
  may: { useNetwork: true, runUnasked: false, fromOutside: true },
  toModel: toldOf,
  run: (input, { userId, signal, takeNumbers, keepWhole }) =>
    readPage(input, { person: userId, signal, number: takeNumbers(1), keepWhole }),
})

function toldOf({ sources, author, published, text, from, characters }: PageOutput): string {
  const [source] = sources
  const end = from + text.length
  return [
    `[${source?.number}] ${source?.title}\n${source?.url}`,
    [author && `By ${author}`, published].filter(Boolean).join(", "),
    text,
    end < characters ? `(Characters ${from} to ${end} of ${characters}: continue with \`from\`: ${end}.)` : "",
  ]
    .filter(Boolean)
    .join("\n\n")
}

interface Around {
  person: string
  number: number
  signal?: AbortSignal
  network?: Network
  keepWhole?: StoreFullResult | undefined
}

/** Throws `ToolError`: a URL we must not request, no readable text, time or size exceeded. */
export async function readPage(
  { url, from = 0 }: PageInput,
  { person, number, signal, network = internet, keepWhole }: Around,
): Promise<PageOutput> {
  const { bytes, type, address } = await fetched(url, signal, network)
  const { host } = new URL(address)
  const page: Readable = await work("readPage", { person, ms: WORK_MS }, bytes, type, address).catch(
    (cause: unknown) => {
      if (cause instanceof AppError && cause.code === "work:busy") throw new ToolError(cause.sentence, { cause })
      throw new ToolError(sentence("page:too_much", { host }), { cause })
    },
  )
  const { length } = page.text
  if (length === 0) throw new ToolError(sentence("page:empty", { host }))
  if (from >= length) throw new ToolError(sentence("page:end", { characters: length }))
  // Only with the first piece: it need not be stored again for later ones.
  const whole = from === 0 && length > PIECE && (await keepWhole?.({ name: `${host}.md`, text: page.text }))
  return {
    sources: [{ number, title: plainText(page.title, 300) || host, url: address }],
    site: line(page.site),
    author: line(page.author),
    published: line(page.published),
    text: page.text.slice(from, from + PIECE),
    from,
    characters: length,
    ...(whole && { whole }),
  }
}

const line = (text: string) => plainText(text, 200) || null

async function fetched(url: string, signal: AbortSignal | undefined, network: Network) {
  try {
    const response = await guardedFetch(url, { headers: { accept: ACCEPT }, signal }, RULES, network)
    const { host } = new URL(response.url)
    const type = response.headers.get("content-type") ?? ""
    const refused = response.ok
      ? /^application\/pdf/i.test(type) && sentence("page:pdf", { host })
      : notGiven(response, host)
    if (refused) {
      await response.body?.cancel()
      throw new ToolError(refused)
    }
    return { bytes: new Uint8Array(await response.arrayBuffer()), type, address: response.url }
  } catch (cause) {
    // Its sentences are written for a user who chose the URL.
    if (cause instanceof AppError) throw new ToolError(cause.sentence, { cause })
    throw cause
  }
}

const notGiven = ({ status }: Response, host: string) => sentence("page:status", { host, status: `${status}` })

const ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/*;q=0.8,application/json;q=0.7"
