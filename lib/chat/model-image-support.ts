/** Which models accept images: the user's setting, or else what is known about them. */
import type { Piece } from "@/lib/ai/catalogue/catalogue"
import { imageSupportOf, imageSupportOfModel, storeImageSupport } from "@/lib/db/model-image-support"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { modelsOfPayer } from "@/lib/own-key/payer"

/** Models for which a user can set this. */
const MOST = 1_000

/** The available models, with this user's settings (null: no user). */
export async function modelsFor(userId: string | null, piece?: Piece, language?: Language): Promise<ModelsResponse> {
  const [listed, sight] = await Promise.all([
    modelsOfPayer(userId, { piece, language }),
    userId === null ? [] : imageSupportOf(userId),
  ])
  if (sight.length === 0) return listed
  const said = new Map(sight.map(({ model, images }) => [model, images]))
  return { ...listed, models: listed.models.map((model) => asSaid(model, said.get(rowId(model)))) }
}

/** A model with this user's setting. */
export async function withImageSupport(userId: string, model: ModelInfo): Promise<ModelInfo> {
  return asSaid(model, (await imageSupportOfModel(userId, rowId(model)))?.images)
}

/** Sets whether a model accepts images; null resets it. Throws `limit:reached`. */
export async function setImageSupport(userId: string, model: string, images: boolean | null): Promise<void> {
  const said = images === null ? [] : await imageSupportOf(userId)
  if (said.length >= MOST && !said.some((one) => one.model === model)) throw new AppError("limit:reached/sight")
  await storeImageSupport(userId, model, images)
}

/** A setting applies to all ways of serving a model. */
const rowId = ({ id, ways }: ModelInfo): string => ways?.[0]?.id ?? id

const asSaid = (model: ModelInfo, images: boolean | undefined): ModelInfo =>
  images === undefined ? model : { ...model, images, imagesGuessed: undefined, imagesSet: true }
