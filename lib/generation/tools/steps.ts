/** The steps of an answer with tools: what the model is told before each, and when they end. */
import { isStepCount, type ModelMessage, type StepResult, type ToolSet } from "ai"
import type { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { isIncompleteFinish } from "@/lib/ai/wire/delta"
import { config } from "@/lib/config"
import type { Notes } from "@/lib/generation/tools/notes"
import { withPlainErrors } from "@/lib/generation/tools/plain-faults"
import { type LoadImages, withToolImages } from "@/lib/generation/tools/shown-images"

interface Stepping {
  tools: ToolSet | undefined
  budget: AnswerBudget
  images: () => Promise<LoadImages>
  notes: Notes | undefined
  /** Writes the notes of the first step, before which nothing is written. */
  onFirst: () => void
}

/** When the model's steps end, and the input of each. */
export function stepsOf({ tools, budget, images, notes, onFirst }: Stepping) {
  const { toolSteps } = config().limits
  return {
    stopWhen: [
      isStepCount(toolSteps),
      ({ steps }: { steps: Pick<StepResult<ToolSet>, "rawFinishReason">[] }) =>
        budget.met !== null || isIncompleteFinish(steps.at(-1)?.rawFinishReason ?? ""),
    ],
    // The last step may not call tools: a turn that ends with a tool call tells the user nothing.
    prepareStep: async ({ stepNumber, messages }: { stepNumber: number; messages: ModelMessage[] }) => {
      const shown = await withToolImages(withPlainErrors(messages), images)
      const told = notes?.tell(shown) ?? shown
      if (stepNumber === 0) onFirst()
      return { messages: told, ...(tools && stepNumber === toolSteps - 1 && { toolChoice: "none" as const }) }
    },
  }
}
