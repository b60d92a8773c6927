/** What local servers report beyond their list: Ollama, LM Studio, and llama.cpp, each at its own endpoint. */
import { fetchJson, type Source } from "@/lib/ai/catalogue/fetch-list"
import { type Listed, readListing, withoutUnknown } from "@/lib/ai/catalogue/listed"
import { type Entry, first, isEntry, parseCount, parseFlag, textIn, toEntry, wordsIn } from "@/lib/ai/catalogue/values"
import { createLimiter } from "@/lib/limiter"

/** How many models of an Ollama server are queried one by one, and how many at once. */
const MAX_SHOWN = 100
const SHOWN_AT_ONCE = 6

/** The list, with what the server reports about its models elsewhere. Never throws: unreadable data is skipped. */
export async function withDetails(source: Source, listed: Listed[]): Promise<Listed[]> {
  if (listed.length === 0 || listed.every(({ images }) => images !== undefined)) return listed
  const root = { ...source, url: source.url.replace(/(?:\/openai)?\/v1$/, "") }
  const [ollama, studio, llama] = await Promise.all([
    ollamaDetails(root).catch(() => []),
    studioDetails(root).catch(() => []),
    llamaDetails(root).catch(() => null),
  ])
  const told = new Map([...studio, ...ollama].map((one) => [one.id, one]))
  return listed.map((one) => ({
    ...one,
    ...(llama && listed.length === 1 ? llama : {}),
    ...(told.get(one.id) ?? told.get(`${one.id}:latest`) ?? {}),
    id: one.id,
  }))
}

/** LM Studio's own list has `type: "llm" | "vlm" | "embeddings"` and the context window. */
const studioDetails = async (root: Source): Promise<Listed[]> => readListing(await fetchJson(root, "/api/v0/models"))

/** llama.cpp serves one model, and reports which inputs it accepts. */
async function llamaDetails(root: Source): Promise<Partial<Listed> | null> {
  const props = toEntry(await fetchJson(root, "/props"))
  const settings = toEntry(props.default_generation_settings)
  return withoutUnknown({
    images: parseFlag(toEntry(props.modalities).vision),
    contextTokens: first(parseCount(settings.n_ctx), parseCount(props.n_ctx)),
  })
}

/** `/api/tags` names the models, `/api/show` lists the capabilities of each. */
async function ollamaDetails(root: Source): Promise<Listed[]> {
  const { models } = toEntry(await fetchJson(root, "/api/tags"))
  const tags = (Array.isArray(models) ? models : []).filter(isEntry)
  const limited = createLimiter(SHOWN_AT_ONCE)
  const shown = tags.slice(0, MAX_SHOWN).map(async (tag) => {
    const id = first(textIn(tag.model), textIn(tag.name))
    if (!id) return []
    const show = await limited(() => fetchJson(root, "/api/show", { model: id })).catch(() => null)
    return [withoutUnknown({ id, ...fromTag(tag), ...fromShow(toEntry(show)) })]
  })
  return (await Promise.all(shown)).flat()
}

/** Encoder families are embedding models; `clip` and `mllama` accept images. */
function fromTag(tag: Entry): Partial<Listed> {
  const families = wordsIn(toEntry(tag.details).families) ?? []
  return withoutUnknown({
    chat: families.some((family) => /bert/.test(family)) ? false : undefined,
    images: families.some((family) => /^(?:clip|mllama)$|vl|vision/.test(family)) ? true : undefined,
  })
}

function fromShow(show: Entry): Partial<Listed> {
  const can = wordsIn(show.capabilities)
  const info = toEntry(show.model_info)
  const window = Object.entries(info).find(([key]) => key.endsWith(".context_length"))
  return withoutUnknown({
    chat: can && (can.includes("completion") || !can.includes("embedding")),
    images: can?.includes("vision"),
    tools: can?.includes("tools"),
    efforts: can && !can.includes("thinking") ? [] : undefined,
    contextTokens: parseCount(window?.[1]),
  })
}
