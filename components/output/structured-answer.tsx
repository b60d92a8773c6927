"use client"

import { useTranslations } from "next-intl"
import { Tabs } from "radix-ui"
import { type ComponentProps, useId, useState } from "react"
import { asJson, Preference } from "@/components/base/preference"
import { useSchemaTitle } from "@/components/base/schema-title"
import { useStore } from "@/components/base/store"
import { AnswerActions } from "@/components/output/answer-actions"
import { AnswerState } from "@/components/output/answer-state"
import { EditedLine } from "@/components/output/edited-line"
import { JsonSource } from "@/components/output/json-source"
import { type AnswerProps, useAnswer } from "@/components/output/use-answer"
import { scrollToAndFocus } from "@/components/output/view/go-to"
import { placeId, TypedView } from "@/components/output/view/typed-view"

const VIEWS = ["view", "json"] as const
type View = (typeof VIEWS)[number]

const chosenView = new Preference<View>({
  key: "sparkler:output-view",
  initial: "view",
  form: asJson((value) => VIEWS.find((one) => one === value) ?? null),
})

/** A JSON answer by its schema: a view that fills as it streams, problems in place, and the JSON itself. */
export default function StructuredAnswer(props: AnswerProps) {
  const t = useTranslations("output")
  const view = useStore(chosenView, chosenView.first)
  const { request, streaming, edits, onEdit } = props
  const answer = useAnswer(props)
  const { read, pretty, toggle, editing, isOriginal } = answer
  const wireName = request?.type === "json_schema" ? request.name : "JSON"
  const name = useSchemaTitle()(wireName)
  const { id, wanted, show } = useWanted()
  const value = read.state === "whole" ? read.value : undefined
  const problemsId = `${id}problems`
  return (
    <section aria-label={t("data", { name })} className="overflow-hidden rounded-lg border bg-surface">
      <Tabs.Root value={view} onValueChange={(next) => chosenView.set(VIEWS.find((one) => one === next) ?? "view")}>
        <Bar {...{ pretty, value, request, streaming, editing }} onEdit={toggle} fileName={wireName.toLowerCase()} />
        <AnswerState
          {...props}
          {...{ problemsId }}
          name={wireName === "JSON" ? null : name}
          check={answer.check}
          onShow={show}
        />
        {edits && (
          <EditedLine
            count={edits.values.length}
            isOriginal={isOriginal}
            onShow={answer.setOriginal}
            onReset={onEdit && answer.reset}
          />
        )}
        <Tabs.Content value="view" className="px-3.5 py-1.5 focus-visible:outline-offset-[-2px]">
          <View {...{ answer, id, wanted, name, problemsId, streaming }} />
        </Tabs.Content>
        <Tabs.Content
          value="json"
          className="max-h-[36rem] overflow-auto px-3.5 py-3 focus-visible:outline-offset-[-2px] print:max-h-none"
        >
          {read.state === "whole" ? <JsonSource text={pretty()} /> : <AsWritten text={answer.text} />}
        </Tabs.Content>
      </Tabs.Root>
      {read.around && value !== undefined && !streaming && (
        <details className="border-t px-3.5 py-2 text-[0.8125rem] text-muted-foreground">
          <summary>{t("around")}</summary>
          <p className="wrap-anywhere mt-1 whitespace-pre-wrap">{read.around}</p>
        </details>
      )}
    </section>
  )
}

function Bar(actions: ComponentProps<typeof AnswerActions>) {
  const t = useTranslations("output")
  return (
    <div className="flex h-11 items-center justify-between gap-3 border-b bg-sidebar pe-1.5 ps-2.5 print:hidden">
      <Tabs.List aria-label={t("view")} className="flex gap-1">
        {VIEWS.map((one) => (
          <Tabs.Trigger
            key={one}
            value={one}
            className="rounded-md px-2.5 py-1 font-medium text-[0.8125rem] text-muted-foreground hover:text-foreground data-[state=active]:bg-muted data-[state=active]:text-foreground"
          >
            {t(`views.${one}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <AnswerActions {...actions} />
    </div>
  )
}

/** The place being navigated to, and the prefix of all place ids. */
function useWanted() {
  const id = useId()
  const [wanted, setWanted] = useState<string | null>(null)
  const show = (pointer: string) => {
    chosenView.set("view")
    setWanted(pointer)
    // By then the place is rendered, even in a virtualized table.
    requestAnimationFrame(() => requestAnimationFrame(() => scrollToAndFocus(placeId(id, nearest(id, pointer)))))
  }
  return { id, wanted, show }
}

interface ViewProps {
  answer: ReturnType<typeof useAnswer>
  id: string
  wanted: string | null
  name: string
  problemsId: string
  streaming: boolean
}

function View({ answer, streaming, ...rest }: ViewProps) {
  const { read, text, schema, check, view, editing } = answer
  const { value, state, open } = read
  const readable = state === "whole" || state === "forming" || (state === "empty" && streaming)
  if (!readable) return <AsWritten text={text} />
  return (
    <TypedView
      {...{ value, schema, open, ...rest }}
      forming={streaming && state !== "whole"}
      problems={check?.problems}
      changes={{ ...view, editing }}
    />
  )
}

const AsWritten = ({ text }: { text: string }) => (
  <pre className="wrap-anywhere whitespace-pre-wrap py-1 font-mono text-[0.8125rem] leading-relaxed">{text}</pre>
)

/** The place itself, or the closest ancestor that is rendered. */
function nearest(id: string, pointer: string): string {
  let place = pointer
  while (place !== "" && !document.getElementById(placeId(id, place))) place = place.slice(0, place.lastIndexOf("/"))
  return place
}
