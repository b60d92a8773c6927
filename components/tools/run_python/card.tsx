"use client"

import { CodeRun } from "@/components/tools/code-run"
import { type ToolCardProps, ToolPart } from "@/components/tools/tool-part"
import { runPythonOutput } from "@/lib/ai/tools/run_python/types"

export default function RunPythonCard(props: ToolCardProps) {
  const { part } = props
  const output = part.state === "output-available" ? runPythonOutput.safeParse(part.output).data : undefined
  return (
    <CodeRun {...props} language="python" output={output ?? null}>
      {output?.charts?.map((chart, index) => (
        <ToolPart
          // biome-ignore lint/suspicious/noArrayIndexKey: items never move
          key={index}
          part={{
            type: "tool-show_chart",
            toolCallId: `${part.toolCallId}-${index}`,
            state: "output-available",
            input: chart,
            output: chart,
          }}
          streaming={false}
        />
      ))}
    </CodeRun>
  )
}
