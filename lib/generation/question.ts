/** The model request for an answer, in the SDK's format. */
import { jsonSchema, Output, type UIMessageChunk } from "ai"
import { outputTokens } from "@/lib/ai/output-limit"
import { systemPrompt } from "@/lib/ai/prompts/prompts"
import { takesTools } from "@/lib/ai/provider"
import { toolsFor } from "@/lib/ai/tools"
import type { GenerationJob } from "@/lib/generation/job"
import { contextOf } from "@/lib/generation/tools/context"
import type { OutputRequest } from "@/lib/messages/types"
import { quotedRequest } from "@/lib/output/answer/quoted"

type Asked = Pick<
  GenerationJob,
  | "asks"
  | "blockedTools"
  | "conversationId"
  | "history"
  | "least"
  | "model"
  | "output"
  | "settings"
  | "toolsOff"
  | "userId"
>

const NO_TOOLS = { tools: undefined, told: undefined, approval: undefined }

/** `write` receives progress from its tools; `day` is the date the model is told. */
export async function questionOf(job: Asked, write: (chunk: UIMessageChunk) => void, day = new Date()) {
  const { model, settings = {}, least, toolsOff, asks: output = job.output } = job
  const shape = output && quotedRequest(output)
  const isWithoutTools = output || toolsOff || !takesTools(model)
  const { tools, told, approval } = isWithoutTools ? NO_TOOLS : await toolsFor(contextOf(job, write))
  const { messages, tokens, droppedImages } = await job.history()
  return {
    question: {
      instructions: systemPrompt({ output: shape, own: settings.systemPrompt, day }),
      messages,
      tools,
      activeTools: told,
      toolApproval: approval,
      output: outputOf(shape),
      maxOutputTokens: outputTokens(model, { settings, least }, tokens),
    },
    tokens,
    droppedImages,
  }
}

function outputOf(output: OutputRequest | undefined) {
  if (!output) return undefined
  return output.type === "json"
    ? Output.json()
    : Output.object({ schema: jsonSchema(output.schema), name: output.name })
}
