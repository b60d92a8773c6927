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
