import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { addPrompt, listPrompts } from "@/lib/presets/prompts"
import { newPromptSchema } from "@/lib/presets/types"

const MAX_BYTES = 400_000

export const GET = route(async (request) => {
  const user = await requireRight(request, "prompt:list")
  return Response.json({ prompts: await listPrompts(user.id) })
})

export const POST = route(async (request) => {
  const user = await requireRight(request, "prompt:make")
  const prompt = await readJson(request, newPromptSchema, { maxBytes: MAX_BYTES })
  return Response.json({ prompt: await addPrompt(user.id, prompt) }, { status: 201 })
})
