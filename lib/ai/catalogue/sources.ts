/** The lists that make up a catalogue. Each keeps its previous content if it can't be read again. */
import { fetchOwned, fetchServerless, type Owned } from "@/lib/ai/catalogue/account"
import { fetchJson, ListingError, type Source } from "@/lib/ai/catalogue/fetch-list"
import { type Listed, readListing } from "@/lib/ai/catalogue/listed"
import { withDetails } from "@/lib/ai/catalogue/local"
import type { ModelSettings } from "@/lib/ai/upstream/key"
import { logInfo } from "@/lib/log"
import type { ModelsResponse } from "@/lib/models/model.types"

export type ServerKind = ModelsResponse["notice"]["kind"]

/** What was read from a server. A list is null if it was never read, or was empty. */
export interface Lists {
  kind: ServerKind
  /** Identifies the server and key: changing either discards everything. */
  of: string
  /** `GET {base}/models`. */
  base: Listed[] | null
  /** Fireworks' serverless models. */
  serverless: Listed[] | null
  owned: Owned[] | null
  /** Everything requested was read. */
  fresh: boolean
}

/** Limit for all lists together: the first request of a process waits no longer than this. */
const LIST_TIMEOUT_MS = 4_000
const PROBE_TIMEOUT_MS = 400

/** Reads the lists for these settings. What can't be read keeps its value from `before`. Never throws. */
export async function readLists(settings: ModelSettings, before: Lists | undefined): Promise<Lists> {
  const { apiKey, baseUrl, baseUrlSet, ollamaUrl, accountUrl } = settings
  const fireworks = isFireworks(settings)
  // Fireworks requires a key.
  if (apiKey || (baseUrlSet && !fireworks)) {
    const of = `${baseUrl} ${apiKey ?? ""}`
    const known = before?.of === of ? before : undefined
    const source = { url: baseUrl, apiKey, signal: AbortSignal.timeout(LIST_TIMEOUT_MS) }
    if (fireworks) return fireworksLists(source, accountUrl, of, known)
    const lists = await compatibleLists(source, of, known)
    const wantsKey = lists.refused || (accountUrl !== null && lists.base === null)
    if (apiKey || !wantsKey) return lists
  }
  const nothing = { of: ollamaUrl, base: null, serverless: null, owned: null, fresh: false }
  const base = await ollamaList(ollamaUrl).catch(() => [])
  return base.length > 0 ? { ...nothing, kind: "ollama", base, fresh: true } : { ...nothing, kind: "demo" }
}

/** A key without a custom URL means Fireworks; a custom URL is Fireworks only if its host says so. */
function isFireworks({ apiKey, baseUrl, baseUrlSet }: ModelSettings): boolean {
  return !baseUrlSet || /(^|\.)fireworks\.ai$/.test(new URL(baseUrl).hostname) || Boolean(apiKey?.startsWith("fw"))
}

async function fireworksLists(
  source: Source,
  account: string | null,
  of: string,
  known: Lists | undefined,
): Promise<Lists> {
  const ofAccount = account ? { ...source, url: account } : null
  const [base, serverless, owned] = await Promise.all([
    baseList(source).catch(unread(source, "/models")),
    ofAccount && fetchServerless(ofAccount).catch(unread(ofAccount, "/accounts/fireworks/models")),
    ofAccount && fetchOwned(ofAccount).catch(unread(ofAccount, "/accounts")),
  ])
  return {
    kind: "fireworks",
    of,
    base: filled(base) ?? known?.base ?? null,
    serverless: filled(serverless) ?? known?.serverless ?? null,
    owned: owned ?? known?.owned ?? null,
    fresh: Boolean(filled(serverless) ?? filled(base)),
  }
}

async function compatibleLists(
  source: Source,
  of: string,
  known: Lists | undefined,
): Promise<Lists & { refused: boolean }> {
  let refused = false
  const read = await baseList(source).catch((error: unknown) => {
    refused = error instanceof ListingError && [401, 403].includes(error.status)
    return unread(source, "/models")(error)
  })
  const base = filled(read) && (await withDetails(source, read ?? []))
  return {
    kind: "compatible",
    of,
    base: base ?? known?.base ?? null,
    serverless: null,
    owned: null,
    fresh: base !== null,
    refused,
  }
}

async function ollamaList(ollamaUrl: string): Promise<Listed[]> {
  const url = `${ollamaUrl}/v1`
  const listed = await baseList({ url, apiKey: undefined, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
  return withDetails({ url, apiKey: undefined, signal: AbortSignal.timeout(LIST_TIMEOUT_MS) }, listed)
}

const baseList = async (source: Source): Promise<Listed[]> => readListing(await fetchJson(source, "/models"))

const filled = <T>(list: T[] | null): T[] | null => (list && list.length > 0 ? list : null)

const unread =
  ({ url }: Source, path: string) =>
  (error: unknown): null => {
    logInfo(`${new URL(url).host}${path} can't be read (${String(error)}). Using the known models.`)
    return null
  }
