/** Which models take images: what is known of them, and before that what a person says. */
import type { Piece } from "@/lib/ai/catalogue/catalogue"
import { keepSight, sightOf, sightOfModel } from "@/lib/db/model-sight"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { modelsOfPayer } from "@/lib/own-key/payer"

/** Models that a person can have a word on. */
const MOST = 1_000

/** The models on offer, as this person (null: nobody) sees them. */
export async function modelsFor(userId: string | null, piece?: Piece, language?: Language): Promise<ModelsResponse> {
  const [listed, sight] = await Promise.all([
    modelsOfPayer(userId, { piece, language }),
    userId === null ? [] : sightOf(userId),
  ])
  if (sight.length === 0) return listed
  const said = new Map(sight.map(({ model, images }) => [model, images]))
  return { ...listed, models: listed.models.map((model) => asSaid(model, said.get(rowId(model)))) }
}

/** A model as this person sees it. */
export async function withSight(userId: string, model: ModelInfo): Promise<ModelInfo> {
  return asSaid(model, (await sightOfModel(userId, rowId(model)))?.images)
}

/** A person says whether a model takes images; null takes that back. Throws `limit:reached`. */
export async function setSight(userId: string, model: string, images: boolean | null): Promise<void> {
  const said = images === null ? [] : await sightOf(userId)
  if (said.length >= MOST && !said.some((one) => one.model === model)) throw new AppError("limit:reached/sight")
  await keepSight(userId, model, images)
}

/** What holds for a model holds for all its ways. */
const rowId = ({ id, ways }: ModelInfo): string => ways?.[0]?.id ?? id

const asSaid = (model: ModelInfo, images: boolean | undefined): ModelInfo =>
  images === undefined ? model : { ...model, images, imagesGuessed: undefined, imagesSet: true }
