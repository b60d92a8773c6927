/** What Fireworks' own API lists: the serverless models, and those of the key's account. */
import { fetchJson, fetchPages, type Source } from "@/lib/ai/catalogue/fetch-list"
import { type Listed, readListing, withoutUnknown } from "@/lib/ai/catalogue/listed"
import { type Entry, idIn, isEntry, parseCount, parseFlag, textIn, toEntry } from "@/lib/ai/catalogue/values"
import type { OwnModel } from "@/lib/models/model.types"

/** A model of the account, and its base model. */
export interface Owned extends Listed {
  own: OwnModel
  base?: string
}

const MAX_ACCOUNTS = 5
/** Entries per kind: nobody can use a longer list. */
const MAX_OWNED = 500

const SERVERLESS = "/accounts/fireworks/models?filter=supports_serverless%3Dtrue"

/** Every serverless model (fireworks-api.md, “The true list”). Throws when the first page can't be read. */
export async function fetchServerless(source: Source): Promise<Listed[]> {
  const entries = await fetchPages(source, SERVERLESS, "models")
  return readListing(entries.filter(isOffered).map(named))
}

/** In Fireworks' API, the ID is called `name` and the display name `displayName`. */
const named = (entry: Entry): Entry => ({ ...entry, id: entry.name, name: entry.displayName })

const isOffered = (entry: unknown): entry is Entry => isEntry(entry) && parseFlag(entry.supportsServerless) !== false

/** Deployments and fine-tunes of the account. Throws when its accounts can't be read. */
export async function fetchOwned(source: Source): Promise<Owned[]> {
  const { accounts } = toEntry(await fetchJson(source, "/accounts"))
  const names = (Array.isArray(accounts) ? accounts : [])
    .flatMap((account) => idIn(toEntry(account).name) ?? [])
    .filter((name) => name !== "accounts/fireworks" && /^accounts\/[^/?#]+$/.test(name))
  const owned = await Promise.all(names.slice(0, MAX_ACCOUNTS).map((name) => ownedBy(source, name)))
  const byId = new Map(owned.flat().map((one) => [one.id, one]))
  return [...byId.values()]
}

async function ownedBy(source: Source, account: string): Promise<Owned[]> {
  const list = (member: string) => fetchPages(source, `/${account}/${member}`, member).catch((): unknown[] => [])
  const [deployments, deployed, models] = await Promise.all([
    list("deployments"),
    list("deployedModels"),
    list("models"),
  ])
  const tuned = readAll(deployed, readDeployed)
  const served = new Set(tuned.map(({ id }) => id.split("#")[0]))
  return [
    ...readAll(deployments, readDeployment),
    ...tuned,
    ...readAll(models, readTuned).filter(({ id }) => !served.has(id)),
  ]
}

const readAll = (entries: unknown[], read: (entry: Entry) => Owned | undefined): Owned[] =>
  entries
    .filter(isEntry)
    .slice(0, MAX_OWNED)
    .flatMap((entry) => read(entry) ?? [])

const lastOf = (id: string) => id.split("/").at(-1) ?? id
const stateOf = ({ state }: Entry) => textIn(state)?.toUpperCase()

const DEPLOYMENT_STATES: Record<string, OwnModel["state"]> = {
  CREATING: "starting",
  UPDATING: "updating",
  FAILED: "failed",
}

function readDeployment(entry: Entry): Owned | undefined {
  const id = idIn(entry.name)
  const state = stateOf(entry)
  if (!id || state === "DELETING" || state === "DELETED") return undefined
  const asleep = Number(entry.replicaCount ?? 1) === 0
  return withoutUnknown<Owned>({
    id,
    name: textIn(entry.displayName, 120) ?? lastOf(id),
    base: idIn(entry.baseModel),
    contextTokens: parseCount(entry.maxContextLength),
    own: { kind: "deployment", state: DEPLOYMENT_STATES[state ?? ""] ?? (asleep ? "asleep" : "ready") },
  })
}

const DEPLOYED_STATES: Record<string, OwnModel["state"]> = {
  DEPLOYING: "starting",
  UPDATING: "updating",
  UNDEPLOYING: "undeployed",
}

/** A fine-tune on a deployment is requested as `model#deployment`. */
function readDeployed(entry: Entry): Owned | undefined {
  const model = idIn(entry.model)
  if (!model) return undefined
  const deployment = idIn(entry.deployment)
  return {
    id: deployment ? `${model}#${deployment}` : model,
    name: textIn(entry.displayName, 120) ?? lastOf(model),
    own: { kind: "fine-tune", state: DEPLOYED_STATES[stateOf(entry) ?? ""] ?? "ready" },
  }
}

function readTuned(entry: Entry): Owned | undefined {
  const [listed] = readListing([named(entry)])
  if (!listed || listed.chat === false) return undefined
  const uploading = stateOf(entry) === "UPLOADING"
  const serverless = parseFlag(entry.supportsServerless) === true
  return withoutUnknown<Owned>({
    ...listed,
    name: listed.name ?? lastOf(listed.id),
    base: idIn(toEntry(entry.peftDetails).baseModel),
    own: { kind: "fine-tune", state: uploading ? "uploading" : serverless ? "ready" : "undeployed" },
  })
}
