/** API for saved schemas. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { NewSchema, SchemaChange, SchemaEntry, SchemaUses, SchemaVersion, StoredSchema } from "@/lib/schemas/types"

// Our own server's responses: a shallow check is enough to tell them apart.
const isEntry = (value: unknown): value is SchemaEntry =>
  isRecord(value) && [value.id, value.name, value.updatedAt].every((one) => typeof one === "string")
const isStored = (value: unknown): value is StoredSchema => isEntry(value) && "text" in value
const isVersion = (value: unknown): value is SchemaVersion => isRecord(value) && typeof value.version === "number"
const isVersionText = (value: unknown): value is SchemaVersion & { text: string } =>
  isVersion(value) && "text" in value && typeof value.text === "string"
const isUses = (value: unknown): value is SchemaUses =>
  isRecord(value) && Array.isArray(value.chats) && Array.isArray(value.presets)

function partOf<T>(answer: unknown, name: string, is: (value: unknown) => value is T): T {
  const part = isRecord(answer) ? answer[name] : undefined
  if (!is(part)) throw unexpected()
  return part
}

const listOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(is)

/** Most recently changed first. */
export const fetchSchemas = async () => partOf(await api("/api/schemas"), "schemas", listOf(isEntry))
export const fetchSchema = async (id: string) => partOf(await api(`/api/schemas/${id}`), "schema", isStored)

/** Idempotent. */
export const saveSchema = async (schema: NewSchema) =>
  partOf(await api("/api/schemas", { method: "POST", body: schema }), "schema", isStored)
export const changeSchema = async (id: string, change: SchemaChange) =>
  partOf(await api(`/api/schemas/${id}`, { method: "PATCH", body: change }), "schema", isStored)
export const removeSchema = (id: string) => api(`/api/schemas/${id}`, { method: "DELETE" })
export const returnSchema = (id: string) => api(`/api/schemas/${id}`, { method: "PATCH", body: { deleted: false } })

/** Newest first. */
export const fetchVersions = async (id: string) =>
  partOf(await api(`/api/schemas/${id}/versions`), "versions", listOf(isVersion))
export const fetchVersion = async (id: string, version: number) =>
  partOf(await api(`/api/schemas/${id}/versions/${version}`), "version", isVersionText)
export const restoreVersion = async (id: string, revision: number, restore: number) =>
  partOf(await api(`/api/schemas/${id}/versions`, { method: "POST", body: { revision, restore } }), "schema", isStored)

/** The chats and presets that use it. */
export async function fetchUses(id: string): Promise<SchemaUses> {
  const answer = await api(`/api/schemas/${id}/uses`)
  if (!isUses(answer)) throw unexpected()
  return answer
}

const isDescribed = (value: unknown): value is { text: string; name: string } =>
  isRecord(value) && typeof value.text === "string" && typeof value.name === "string"

/** Has a model write a schema from a description. */
export async function describeSchema(words: string, model: string | null, signal: AbortSignal) {
  const body = { words, ...(model === null ? {} : { model }) }
  const answer = await api("/api/schemas/describe", { method: "POST", body, signal })
  if (!isDescribed(answer)) throw unexpected()
  return answer
}
