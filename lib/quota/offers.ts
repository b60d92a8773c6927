/** Which models are offered to whom, and what is on. The operator says so; the routes hold it, the page shows it. */
import type { Piece } from "@/lib/ai/catalogue/catalogue"
import { roleOf } from "@/lib/auth/rights"
import type { SessionUser } from "@/lib/auth/sessions"
import { modelsFor } from "@/lib/chat/model-sight"
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

/** What holds for a model holds for all its ways. */
const rowId = ({ id, ways }: Pick<ModelInfo, "id" | "ways">): string => ways?.[0]?.id ?? id

/** Says of a model whether it is offered to this person; nobody sees what a guest sees. */
export async function offeredTo(user: SessionUser | null): Promise<(model: Pick<ModelInfo, "id" | "ways">) => boolean> {
  const { modelAudience, otherModels } = await operatorSettings()
  const audiences: readonly Audience[] = AUDIENCE[user ? roleOf(user) : "guest"]
  return (model) => {
    const id = rowId(model)
    return audiences.includes(Object.hasOwn(modelAudience, id) ? (modelAudience[id] ?? otherModels) : otherModels)
  }
}

/**
 * The models on offer as this person sees them. Those that are shown and aren't offered to them are marked; the default
 * one is offered, if any is.
 */
export async function offeredModels(
  user: SessionUser | null,
  piece?: Piece,
  language?: Language,
): Promise<ModelsResponse> {
  const [listed, offered, { guests, tools, blockedTools, uploads, shares }] = await Promise.all([
    modelsFor(user?.id ?? null, piece, language),
    offeredTo(user),
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

/** Models that come with a page; of more the rest is fetched with the picker. */
const PAGE_MODELS = 300

/** The models that a page is sent, among them those of these ids. */
export const pageModels = (
  user: SessionUser | null,
  shown: (string | null | undefined)[],
  language: Language,
): Promise<ModelsResponse> => offeredModels(user, { most: PAGE_MODELS, shown }, language)

/** Throws `model:not_offered` for a model that this person may not ask. */
export async function requireOffered(user: SessionUser, model: ModelInfo): Promise<void> {
  if ((await offeredTo(user))(model)) return
  throw new AppError("model:not_offered", { values: { model: model.name }, details: { model: model.id } })
}

const OFF = {
  uploads: "feature:off/uploads",
  shares: "feature:off/shares",
} as const satisfies Record<string, ErrorKey>

/** Throws `feature:off` for what the operator has switched off. */
export async function requireOn(what: keyof typeof OFF): Promise<void> {
  if (!(await operatorSettings())[what]) throw new AppError(OFF[what])
}
