/** Tries an API key against the model server before it is stored. */
import { z } from "zod"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"

/** The remainder of one limit of the account. */
export interface Quota {
  /** Fireworks' name: `monthly-spend-usd`. */
  name: string
  left: number
  of: number
}

const LIST_TIMEOUT_MS = 15_000
const ACCOUNT_TIMEOUT_MS = 6_000
const MAX_BYTES = 4_000_000
/** The quota that users mean by “what is left”. */
const BUDGET = "monthly-spend-usd"
const MAX_QUOTAS = 3

/** Statuses of a server that accepts the key but has another problem: no deployments (500), limits, billing. */
const KNOWS_KEY = new Set([402, 412, 429, 500])

/**
 * Throws with a sentence for the user: `setup:key_refused` for a wrong key, others if it could not be tried. Resolves
 * with the remaining quotas of the account, as far as it reports them. The key is only sent to the configured hosts.
 */
export async function tryKey(key: string): Promise<Quota[]> {
  const { baseUrl, accountUrl } = config()
  const [listing, account] = await Promise.all([
    ask(`${baseUrl}/models`, key, LIST_TIMEOUT_MS),
    accountUrl ? ask(`${accountUrl}/accounts`, key, ACCOUNT_TIMEOUT_MS).catch(() => null) : null,
  ])
  const knownToAccount = account?.status === 200
  if (isRefusal(listing) || (listing.status !== 200 && account && isRefusal(account)))
    throw new AppError("setup:key_refused", { values: asked() })
  const vouchedFor = knownToAccount && (listing.status === 404 || listing.status >= 500)
  if (!(isAnswer(listing) || KNOWS_KEY.has(listing.status) || vouchedFor)) throw untried(listing)
  return knownToAccount && accountUrl ? quotasOf(accountUrl, account.body, key) : []
}

/** The host that a key is for; null if it is Fireworks, or is compatible with it including its account API. */
export function nonFireworksHost(): string | null {
  const { baseUrl, accountUrl } = config()
  return accountUrl === null ? new URL(baseUrl).host : null
}

/** The host, for the sentences of the catalogue. */
const asked = () => ({ host: nonFireworksHost() ?? "none" })

interface Answer {
  status: number
  body: string
}

const isPage = ({ body }: Answer) => /^\s*</.test(body)
/** A firewall's page says nothing about the key. */
const isRefusal = (answer: Answer) => answer.status === 401 || (answer.status === 403 && !isPage(answer))
const isAnswer = ({ status, body }: Answer) => status === 200 && typeof parse(body) === "object"

function untried(answer: Answer): AppError {
  const { status } = answer
  if (status >= 300 && status < 400) return new AppError("upstream:garbage/redirected", { values: asked() })
  if (status === 403) return new AppError("upstream:unreachable/blocked", { values: asked() })
  if (status === 200 || status === 404 || status === 405)
    return new AppError("upstream:garbage/no_model_server", { values: asked() })
  return new AppError("upstream:overloaded/untried", { values: { ...asked(), status } })
}

/**
 * One request with the key. Redirects are not followed, because the key would be sent along. Throws if there is no
 * response.
 */
async function ask(url: string, key: string, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await nodeFetch(url, { headers: { authorization: `Bearer ${key}` }, redirect: "manual", signal })
    return { status: response.status, body: await readLimited(response) }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const key = signal.aborted ? "upstream:timeout/untried" : "upstream:unreachable/untried"
    throw new AppError(key, { values: asked(), cause })
  }
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  let size = 0
  for await (const bytes of response.body ?? []) {
    size += bytes.byteLength
    if (size > MAX_BYTES) throw new AppError("upstream:garbage/too_much", { values: asked() })
    text += decoder.decode(bytes, { stream: true })
  }
  return text
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

/** Of the account list, only names that form a path are used. */
const accounts = z.object({
  accounts: z.array(z.object({ name: z.string().regex(/^accounts\/[\w-]{1,100}$/) })).min(1),
})
/** 64-bit integers are sent as strings. */
const figure = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
])
const quotas = z.object({
  quotas: z.array(z.object({ name: z.string(), value: figure.nullish(), usage: figure.nullish() })),
})

/** The remaining quotas of the first account: its budget, or else up to three others; none if it doesn't report any. */
async function quotasOf(accountUrl: string, list: string, key: string): Promise<Quota[]> {
  // Fireworks' own account holds the public models.
  const own = accounts.safeParse(parse(list)).data?.accounts.find(({ name }) => name !== "accounts/fireworks")
  if (!own) return []
  const answer = await ask(`${accountUrl}/${own.name}/quotas?pageSize=200`, key, ACCOUNT_TIMEOUT_MS).catch(() => null)
  const found = answer?.status === 200 ? quotas.safeParse(parse(answer.body)).data?.quotas : undefined
  const told = (found ?? []).flatMap(({ name, value, usage }): Quota[] => {
    const of = value ?? 0
    return of > 0
      ? [{ name: name.split("/").at(-1)?.slice(0, 60) ?? "", left: Math.max(0, of - (usage ?? 0)), of }]
      : []
  })
  const budget = told.filter(({ name }) => name === BUDGET)
  return budget.length > 0 ? budget : told.slice(0, MAX_QUOTAS)
}
