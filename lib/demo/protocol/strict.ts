/** What Fireworks accepts for one model but refuses for another. */
import type { ModelRules } from "@/lib/demo/protocol/fireworks.data"
import { type CompletionRequest, ContractError } from "@/lib/demo/protocol/request"
import { imagesOf } from "@/lib/demo/protocol/wire"

const MAX_IMAGES = 30
/** Characters of all data URIs together. */
const MAX_BASE64 = 10_000_000

/** Throws `ContractError` for anything this model doesn't accept. */
export function checkForModel(request: CompletionRequest, rules: ModelRules): void {
  const problem = effortProblem(request, rules) ?? lengthProblem(request, rules) ?? imageProblem(request, rules)
  if (problem) throw new ContractError(problem)
}

function effortProblem({ model, reasoning_effort: effort, thinking }: CompletionRequest, rules: ModelRules) {
  const { efforts, alwaysThinks, booleanEffort } = rules
  if (typeof effort === "boolean" && !booleanEffort) return `reasoning_effort: a boolean is not supported for ${model}`
  const off = effort === false || effort === "none" || effort === 0 || thinking?.type === "disabled"
  const unknown = typeof effort === "string" && efforts !== null && !efforts.includes(effort)
  if (!unknown && !(off && alwaysThinks)) return undefined
  return `reasoning_effort '${String(effort ?? "disabled")}' is not supported for ${model}. Supported values: ${efforts?.join(", ")}`
}

function lengthProblem({ max_tokens: most, max_completion_tokens: other }: CompletionRequest, rules: ModelRules) {
  const asked = most ?? other ?? 0
  return asked > rules.outputTokens
    ? `max_tokens ${asked} is larger than what the model can write: at most ${rules.outputTokens}`
    : undefined
}

function imageProblem({ model, messages }: CompletionRequest, rules: ModelRules) {
  const images = messages.flatMap(imagesOf)
  if (images.length > 0 && !rules.images) return `The model ${model} does not support image input`
  if (images.length > MAX_IMAGES) return `At most ${MAX_IMAGES} images can be sent, got ${images.length}`
  if (images.reduce((sum, url) => sum + url.length, 0) > MAX_BASE64) return "The images are larger than 10 MB together"
  return undefined
}
