/** To whom models are offered, for the page that says so. */
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { operatorSettings } from "@/lib/operator/settings"

/** The models of the server, and those that a choice was made for and that it doesn't have now. */
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

/** What the models of the server are called, by their ids. */
export async function modelNames(): Promise<Record<string, string>> {
  const { models } = await listModels()
  return Object.fromEntries(
    models.flatMap(({ id, name, ways }) => [[id, name], ...(ways ?? []).map((way) => [way.id, name])]),
  )
}
