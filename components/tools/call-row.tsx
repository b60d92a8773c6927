"use client"

import { CircleAlert, CircleSlash, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Approval } from "@/components/tools/approval"
import { Disclosure } from "@/components/tools/disclosure"
import { Elapsed } from "@/components/tools/elapsed"
import { RetryCall } from "@/components/tools/retry-call"
import { RunControls } from "@/components/tools/run-controls"
import { type AnyToolPart, type ToolCardProps, toolNameOf } from "@/components/tools/tool-part"
import { usePageRun } from "@/components/tools/use-page-run"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"

interface CallRowProps extends ToolCardProps {
  /** Expandable content below the row. */
  details: ReactNode
  /** Always shown below it. */
  children?: ReactNode
  /** Initially expanded. */
  opened?: boolean
  /** Overrides the tool's state label. */
  state?: string
  /** Display name for tools without a translation. */
  name?: string
}

/** A call of any tool: its name and state on one line, its input below, and the available actions. */
export function CallRow(props: CallRowProps) {
  const { part, streaming, asking, details, children, opened = false } = props
  const t = useTranslations("tools")
  const approvalId = asking !== undefined && part.state === "approval-requested" ? part.approval.id : null
  const running = usePageRun(props)
  const { conversationId } = useMessageContext()
  const name = props.name ?? t("names", { name: toolNameOf(part) })
  const state = props.state ?? t(running ? STATES[running.state.at] : stateOf(part, streaming, approvalId !== null))
  const active = running ? running.state.at !== "stuck" : isUnfinished(part) && streaming
  return (
    <section aria-label={t("tool", { name })} className="overflow-hidden rounded-lg border bg-surface">
      <Disclosure
        atEnd
        opened={opened || approvalId !== null}
        headClass="h-11 w-full gap-2.5 px-3.5 text-[0.875rem] hover:bg-muted"
        bodyClass="border-t px-3.5 py-3 text-[0.8125rem]"
        head={
          <>
            {active ? <Spinner /> : <StateIcon part={part} />}
            <span className="truncate font-medium">{name}</span>
            <span role="status" className="truncate text-muted-foreground">
              {state}
            </span>
            {active && <Elapsed since={running && "since" in running.state ? running.state.since : undefined} />}
          </>
        }
      >
        {details}
      </Disclosure>
      {part.state === "output-error" && (
        <div className="flex flex-wrap items-center gap-2 border-t px-3.5 py-2.5 text-[0.84375rem] text-danger">
          <p className="wrap-anywhere me-auto min-w-0 whitespace-pre-wrap">{part.errorText}</p>
          <RetryCall part={part} />
        </div>
      )}
      {part.state === "output-denied" && part.approval?.reason && (
        <p className="wrap-anywhere border-t px-3.5 py-2.5 text-[0.84375rem] text-muted-foreground">
          {part.approval.reason}
        </p>
      )}
      {children}
      {running && <RunControls {...running} />}
      {conversationId === null && (
        <pre className="noscript:block hidden wrap-anywhere whitespace-pre-wrap border-t px-3.5 py-3 text-[0.8125rem]">
          {plainOf(part)}
        </pre>
      )}
      {approvalId !== null && asking !== undefined && (
        <Approval name={name} messageId={asking} approvalId={approvalId} reason={part.approval?.requestReason} />
      )}
    </section>
  )
}

/** For readers without JavaScript. */
const plainOf = (part: AnyToolPart): string =>
  [part.input, "output" in part ? part.output : "errorText" in part ? part.errorText : undefined]
    .flatMap((value) => (value === undefined ? [] : [JSON.stringify(value, null, 2)]))
    .join("\n\n")

const STATES = {
  waiting: "waiting",
  loading: "loading",
  running: "running",
  sending: "sending",
  elsewhere: "elsewhere",
  stuck: "failed",
} as const

const isUnfinished = ({ state }: AnyToolPart) => !state.startsWith("output") && state !== "approval-requested"

function stateOf(part: AnyToolPart, streaming: boolean, asking: boolean) {
  if (asking) return "asking"
  if (part.state === "output-available") return "done"
  if (part.state === "output-error") return "failed"
  if (part.state === "output-denied") return "denied"
  if (part.state === "approval-responded") return part.approval.approved ? "allowed" : "denied"
  if (part.state === "approval-requested") return streaming ? "asking" : "denied"
  if (!streaming) return "ended"
  return part.state === "input-streaming" ? "writing" : "running"
}

function StateIcon({ part: { state } }: { part: AnyToolPart }) {
  const Icon = state === "output-error" ? CircleAlert : state === "output-available" ? Wrench : CircleSlash
  return (
    <Icon
      aria-hidden
      className={cn("size-4 shrink-0", state === "output-error" ? "text-danger" : "text-muted-foreground")}
    />
  )
}
