/** A tool's card, typed by the tool's own schemas. */
import type { ComponentType } from "react"
import type { z } from "zod"
import GenericCard from "@/components/tools/generic-card"
import type { ToolCardProps } from "@/components/tools/tool-part"

interface ToolCardDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  /** The schemas of the tool: `lib/ai/tools/NAME/types.ts`. */
  input: Input
  output: Output
  /** Renders the result. */
  Result: ComponentType<{ input: z.output<Input>; output: z.output<Output> }>
  /** Shown while its arguments stream and it runs, instead of the generic row. `input`: null until complete. */
  Running?: ComponentType<{ input: z.output<Input> | null }>
}

/**
 * Creates the default export of `components/tools/NAME/card.tsx`. Anything but a result matching the schemas (pending
 * approval, denied, failed, stopped, or from another version) falls back to the generic card.
 */
export function toolCard<Input extends z.ZodType, Output extends z.ZodType>({
  input,
  output,
  Result,
  Running,
}: ToolCardDefinition<Input, Output>): ComponentType<ToolCardProps> {
  return function ToolCard(props: ToolCardProps) {
    const { part, streaming } = props
    const asked = input.safeParse(part.input)
    if (part.state === "output-available") {
      const came = output.safeParse(part.output)
      if (asked.success && came.success) return <Result input={asked.data} output={came.data} />
    } else if (Running && streaming && part.state.startsWith("input"))
      return <Running input={asked.success ? asked.data : null} />
    return <GenericCard {...props} />
  }
}
