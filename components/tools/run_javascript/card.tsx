"use client"

import { CodeRun } from "@/components/tools/code-run"
import type { ToolCardProps } from "@/components/tools/tool-part"
import { runJavascriptOutput } from "@/lib/ai/tools/run_javascript/types"

export default function RunJavascriptCard(props: ToolCardProps) {
  const output = props.part.state === "output-available" ? runJavascriptOutput.safeParse(props.part.output) : null
  return <CodeRun {...props} language="javascript" output={output?.data ?? null} />
}
