/**
 * Which people can use which models, and which features are on. Set by the operator, enforced by the routes, and shown
 * on the page.
 */
import type { Piece } from "@/lib/ai/catalogue/catalogue"
import { roleOf } from "@/lib/auth/rights"
import type { SessionUser } from "@/lib/auth/sessions"
import { modelsFor } from "@/lib/chat/model-image-support"
import { AppError, type ErrorKey } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { rowOf } from "@/lib/models/ways"
import { type Audience, operatorSettings } from "@/lib/operator/settings"

const AUDIENCE = {
  guest: ["everyone"],
  member: ["everyone", "members"],
  admin: ["everyone", "members", "admins"],
} as const satisfies Record<string, Audience[]>

/** A model's setting applies to all of its serving options. */
const rowId = ({ id, ways }: Pick<ModelInfo, "id" | "ways">): string => ways?.[0]?.id ?? id

/** Returns whether this person can use a model; null is treated as a guest. */
export async function createModelAccessFilter(
  user: SessionUser | null,
): Promise<(model: Pick<ModelInfo, "id" | "ways">) => boolean> {
  const { modelAudience, otherModels } = await operatorSettings()
  const audiences: readonly Audience[] = AUDIENCE[user ? roleOf(user) : "guest"]
  return (model) => {
    const id = rowId(model)
    return audiences.includes(Object.hasOwn(modelAudience, id) ? (modelAudience[id] ?? otherModels) : otherModels)
  }
}

/**
 * The available models as this person sees them. Models that are shown but not available to them are marked; the
 * default model is an available one, if there is any.
 */
export async function offeredModels(
  user: SessionUser | null,
  piece?: Piece,
  language?: Language,
): Promise<ModelsResponse> {
  const [listed, offered, { guests, tools, blockedTools, uploads, shares }] = await Promise.all([
    modelsFor(user?.id ?? null, piece, language),
    createModelAccessFilter(user),
    operatorSettings(),
  ])
  const models = listed.models.flatMap((model) => {
    if (offered(model)) return [model]
    const shown = piece?.shown.some((id) => id && rowOf([model], id))
    return shown ? [{ ...model, missing: true, withheld: true as const }] : []
  })
  const there = models.find(({ id, withheld }) => id === listed.default && !withheld)
  const first = models.find(({ retired, own, missing }) => !(retired || own || missing))
  return {
    ...listed,
    models,
    default: (there ?? first)?.id ?? listed.default,
    tools: tools ? listed.tools.filter((name) => !blockedTools.includes(name)) : [],
    uploads,
    shares,
    ...(user?.guest && !guests ? { guestsOff: true as const } : {}),
  }
}

/** Maximum models sent with a page; the rest is loaded with the picker. */
const PAGE_MODELS = 300

/** The models sent with a page, including those with these ids. */
export const pageModels = (
  user: SessionUser | null,
  shown: (string | null | undefined)[],
  language: Language,
): Promise<ModelsResponse> => offeredModels(user, { most: PAGE_MODELS, shown }, language)

/** Throws `model:not_offered` if this person can't use the model. */
export async function requireOffered(user: SessionUser, model: ModelInfo): Promise<void> {
  if ((await createModelAccessFilter(user))(model)) return
  throw new AppError("model:not_offered", { values: { model: model.name }, details: { model: model.id } })
}

const OFF = {
  uploads: "feature:off/uploads",
  shares: "feature:off/shares",
} as const satisfies Record<string, ErrorKey>

/** Throws `feature:off` if the operator has turned the feature off. */
export async function requireFeature(what: keyof typeof OFF): Promise<void> {
  if (!(await operatorSettings())[what]) throw new AppError(OFF[what])
}
