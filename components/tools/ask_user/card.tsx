"use client"

import { CircleHelp } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { isFinal, sentenceOf } from "@/components/base/api"
import { sendResult } from "@/components/base/call-api"
import { useMessageContext } from "@/components/message/parts/message-context"
import { type Fault, readForm } from "@/components/tools/ask_user/answers"
import { QuestionField } from "@/components/tools/ask_user/question-field"
import GenericCard from "@/components/tools/generic-card"
import type { ToolCardProps } from "@/components/tools/tool-part"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"
import { type Answer, type AskUserInput, askUserInput, askUserOutput } from "@/lib/ai/tools/ask_user/types"

/** The `ask_user` form and, once submitted, the answers. */
export default function AskUserCard(props: ToolCardProps) {
  const { part, streaming, asking } = props
  const asked = askUserInput.safeParse(part.input)
  if (asked.success && part.state === "output-available") {
    const said = askUserOutput.safeParse(part.output)
    if (said.success) return <Said asked={asked.data} answers={said.data.answers} />
  }
  if (asked.success && part.state === "input-available" && !streaming && asking !== undefined)
    return <Form asked={asked.data} messageId={asking} toolCallId={part.toolCallId} />
  return <GenericCard {...props} />
}

const FRAME = "rounded-lg border bg-surface px-4 py-3.5 text-[0.875rem]"

function Form({ asked, messageId, toolCallId }: { asked: AskUserInput; messageId: string; toolCallId: string }) {
  const t = useTranslations("tools")
  const { handlers, conversationId } = useMessageContext()
  const [faults, setFaults] = useState<Record<string, Fault>>({})
  const [sending, setSending] = useState(false)
  if (!handlers || conversationId === null) return null
  const send = async (result: Parameters<typeof sendResult>[1]["result"]) => {
    setSending(true)
    try {
      await sendResult(conversationId, { messageId, toolCallId, result, generationId: uuidv7() })
    } catch (error) {
      // If it was answered elsewhere, those answers are shown.
      if (!isFinal(error)) toast.error(sentenceOf(error))
    }
    await handlers.reload()
    setSending(false)
  }
  return (
    <form
      aria-label={asked.title ?? t("form")}
      noValidate
      className={FRAME}
      onSubmit={(event) => {
        event.preventDefault()
        const read = readForm(new FormData(event.currentTarget), asked)
        setFaults(read.faults)
        const [first] = Object.keys(read.faults)
        if (first === undefined) return void send({ kind: "output", output: { answers: read.answers } })
        event.currentTarget.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus()
      }}
    >
      <p className="mb-3 flex items-center gap-2 font-medium">
        <CircleHelp className="size-4 shrink-0 text-muted-foreground" aria-hidden /> {asked.title ?? t("form")}
      </p>
      <div className="flex flex-col gap-4">
        {asked.questions.map((question) => (
          <QuestionField key={question.id} question={question} fault={faults[question.id]} />
        ))}
      </div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button size="sm" disabled={sending} onClick={() => send({ kind: "fault", fault: "declined" })}>
          {t("formSkip")}
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={sending}>
          {t("formSend")}
        </Button>
      </div>
    </form>
  )
}

function Said({ asked, answers }: { asked: AskUserInput; answers: Record<string, Answer> }) {
  const t = useTranslations("tools")
  const shown = (answer: Answer | undefined) => {
    if (answer === undefined) return t("noAnswer")
    if (typeof answer === "boolean") return t(answer ? "yes" : "no")
    return Array.isArray(answer) ? answer.join(", ") : String(answer)
  }
  return (
    <section aria-label={asked.title ?? t("form")} className={FRAME}>
      {asked.title && <p className="mb-2 font-medium">{asked.title}</p>}
      <dl className="flex flex-col gap-2">
        {asked.questions.map(({ id, question }) => (
          <div key={id}>
            <dt className="text-muted-foreground">{question}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">{shown(answers[id])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
