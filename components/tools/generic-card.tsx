"use client"

import { ChevronRight, CircleAlert, CircleSlash, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { JsonTree } from "@/components/output/json-tree"
import { Approval } from "@/components/tools/approval"
import type { AnyToolPart, ToolCardProps } from "@/components/tools/tool-part"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"

/** A call of any tool: its name and state, and folded what it was asked and what it answered. */
export default function GenericCard({ part, streaming, asking }: ToolCardProps) {
  const t = useTranslations("tools")
  const approvalId = asking !== undefined && part.state === "approval-requested" ? part.approval.id : null
  const [opened, setOpen] = useState<boolean | null>(null)
  const open = opened ?? approvalId !== null
  const id = useId()
  const { conversationId } = useMessageContext()
  const name = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
  return (
    <section aria-label={t("tool", { name })} className="overflow-hidden rounded-lg border bg-surface">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-11 w-full items-center gap-2.5 px-3.5 text-start text-[0.875rem] hover:bg-muted"
      >
        <StateIcon part={part} streaming={streaming} />
        <span className="truncate font-medium font-mono text-[0.8125rem]">{name}</span>
        <span className="truncate text-muted-foreground">
          {t(approvalId === null ? stateOf(part, streaming) : "asking")}
        </span>
        <ChevronRight
          className={cn("ms-auto size-4 shrink-0 transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
          aria-hidden
        />
      </button>
      <div id={id} hidden={!open} className="border-t px-3.5 py-3 text-[0.8125rem]">
        {open && <Details part={part} />}
      </div>
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

/** Where no script opens it. */
const plainOf = (part: AnyToolPart): string =>
  [part.input, "output" in part ? part.output : "errorText" in part ? part.errorText : undefined]
    .flatMap((value) => (value === undefined ? [] : [JSON.stringify(value, null, 2)]))
    .join("\n\n")

function Details({ part }: { part: AnyToolPart }) {
  const t = useTranslations("tools")
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h4 className="mb-1 font-medium text-muted-foreground">{t("asked")}</h4>
        <JsonTree value={part.input} />
      </div>
      {part.state === "output-available" && (
        <div>
          <h4 className="mb-1 font-medium text-muted-foreground">{t("answered")}</h4>
          <JsonTree value={part.output} />
        </div>
      )}
      {part.state === "output-error" && <p className="wrap-anywhere text-danger">{part.errorText}</p>}
      {part.state === "output-denied" && part.approval?.reason && <p>{part.approval.reason}</p>}
    </div>
  )
}

const isOpen = ({ state }: AnyToolPart) => !state.startsWith("output")

function stateOf(part: AnyToolPart, streaming: boolean) {
  if (part.state === "output-available") return "done"
  if (part.state === "output-error") return "failed"
  if (part.state === "output-denied") return "denied"
  if (part.state === "approval-responded") return part.approval.approved ? "allowed" : "denied"
  if (part.state === "approval-requested") return streaming ? "asking" : "denied"
  return streaming ? "running" : "ended"
}

function StateIcon({ part, streaming }: ToolCardProps) {
  if (isOpen(part) && streaming) return <Spinner />
  const Icon = part.state === "output-error" ? CircleAlert : part.state === "output-available" ? Wrench : CircleSlash
  return (
    <Icon
      aria-hidden
      className={cn("size-4 shrink-0", part.state === "output-error" ? "text-danger" : "text-muted-foreground")}
    />
  )
}
