/** `ask_user`: the model asks the user with a small form; its card sends the user's answers. */
import { askUserInput, askUserOutput } from "@/lib/ai/tools/ask_user/types"
import { defineTool } from "@/lib/ai/tools/define"

export default defineTool({
  name: "ask_user",
  description:
    "Ask the person one or more questions with a small form (choices, text, numbers, yes or no) when you can't continue well without their answers. Ask everything at once; don't use it for what you can find out yourself.",
  input: askUserInput,
  output: askUserOutput,
  limits: { timeMs: 0, resultChars: 100_000, atOnce: 1 },
  may: { useNetwork: false, runUnasked: true },
  runs: "person",
})
