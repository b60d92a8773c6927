import { Check, ChevronRight, CircleSlash, TriangleAlert, Wrench } from "lucide-react"
import type { ReactNode } from "react"
import type { AnyToolPart } from "@/components/tools/tool-part"
import { Spinner } from "@/components/ui/spinner"

const nameOf = (part: AnyToolPart) => (part.type === "dynamic-tool" ? part.toolName : part.type.replace(/^tool-/, ""))

const STATES: Record<AnyToolPart["state"], { text: string; icon: ReactNode }> = {
  "input-streaming": { text: "is being called", icon: <Spinner className="size-3.5" /> },
  "input-available": { text: "is running", icon: <Spinner className="size-3.5" /> },
  "approval-requested": { text: "waits for approval", icon: <Wrench className="size-4" /> },
  "approval-responded": { text: "was answered", icon: <Wrench className="size-4" /> },
  "output-available": { text: "has run", icon: <Check className="size-4 text-success" /> },
  "output-error": { text: "failed", icon: <TriangleAlert className="size-4 text-danger" /> },
  "output-denied": { text: "was refused", icon: <CircleSlash className="size-4" /> },
}

const pretty = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? ""))

/** A tool without a card of its own: what was asked and what came back, folded. Text only, whatever it holds. */
export function GenericTool({ part }: { part: AnyToolPart }) {
  const { text, icon } = STATES[part.state]
  return (
    <details className="group my-3 max-w-xl rounded-lg border bg-surface text-sm">
      <summary className="flex cursor-pointer list-none items-center gap-2.5 px-3.5 py-2.5 [&::-webkit-details-marker]:hidden">
        <span className="text-muted-foreground">{icon}</span>
        <span>
          <code className="font-medium font-mono text-[13px]">{nameOf(part)}</code> {text}
        </span>
        <ChevronRight
          className="ml-auto size-4 text-muted-foreground transition-transform group-open:rotate-90"
          aria-hidden
        />
      </summary>
      <div className="space-y-3 border-t px-3.5 py-3">
        {part.input !== undefined && <Block title="Arguments" text={pretty(part.input)} />}
        {part.state === "output-available" && <Block title="Result" text={pretty(part.output)} />}
        {part.state === "output-error" && <Block title="Error" text={part.errorText} />}
      </div>
    </details>
  )
}

function Block({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="mb-1 text-muted-foreground text-xs">{title}</p>
      <pre className="max-h-64 overflow-auto whitespace-pre-wrap break-words rounded-md bg-muted p-2.5 font-mono text-[12.5px] leading-5">
        {text}
      </pre>
    </div>
  )
}
