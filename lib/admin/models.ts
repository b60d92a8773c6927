/** Who can use each model, for the administration page. */
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { operatorSettings } from "@/lib/operator/settings"

/** The server's models, plus models with a stored choice that the server doesn't list now. */
export async function modelOffers() {
  const [{ models }, { modelAudience, otherModels }] = await Promise.all([listModels(), operatorSettings()])
  const audienceOf = (id: string) => (Object.hasOwn(modelAudience, id) ? (modelAudience[id] ?? null) : null)
  const listed = models
    .filter(({ retired }) => !retired)
    .map(({ id, name }) => ({ id, name, audience: audienceOf(id) }))
  const known = new Set(listed.map(({ id }) => id))
  const chosen = Object.keys(modelAudience).filter((id) => !known.has(id))
  return {
    models: [...listed, ...chosen.map((id) => ({ id, name: id, audience: audienceOf(id) }))],
    others: otherModels,
  }
}

/** Names of the server's models, by id. */
export async function modelNames(): Promise<Record<string, string>> {
  const { models } = await listModels()
  return Object.fromEntries(
    models.flatMap(({ id, name, ways }) => [[id, name], ...(ways ?? []).map((way) => [way.id, name])]),
  )
}
