"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { Tabs } from "radix-ui"
import { Suspense, useState } from "react"
import { BasicFields } from "@/components/schemas/editor/basic-fields"
import { LeaveGuard } from "@/components/schemas/editor/leave-guard"
import { NewerNotice } from "@/components/schemas/editor/newer-notice"
import { SaveBar } from "@/components/schemas/editor/save-bar"
import { type Draft, type Editor, useEditor } from "@/components/schemas/editor/use-editor"
import { Uses } from "@/components/schemas/editor/uses"
import { Versions } from "@/components/schemas/editor/versions"
import { ProblemList } from "@/components/schemas/problem-list"
import { type PlacedProblem, usePlacedProblems } from "@/components/schemas/problems"
import { useSchemaCheck } from "@/components/schemas/use-schema-check"
import { lazyPart } from "@/components/ui/lazy-part"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"
import { mended } from "@/lib/output/form/mend"
import { sourceOf, textOf } from "@/lib/output/form/source"
import type { StoredSchema } from "@/lib/schemas/types"

const SchemaForm = lazyPart(() => import("@/components/schemas/form/schema-form"))
const TextEditor = lazyPart(() => import("@/components/schemas/text/text-editor"))

type Tab = "form" | "text" | "versions" | "uses"

interface Props {
  /** Null: a new one. */
  stored: StoredSchema | null
  begun?: Draft
}

const NOTHING: Draft = { name: "", description: "", text: "" }

/** Edits a schema as a form and as text, and shows its versions and uses. */
export function SchemaEditor({ stored, begun = NOTHING }: Props) {
  const t = useTranslations("schemas")
  const router = useRouter()
  const editor = useEditor(stored, begun)
  const { draft, kept, changed } = editor
  const [tab, setTab] = useState<Tab>("form")
  const [jump, setJump] = useState<PlacedProblem | null>(null)
  const { problem, check } = useSchemaCheck(draft.text, true)
  const problems = usePlacedProblems(draft.text, problem)
  const errors = problems.filter(({ level }) => level === "error")
  const goTo = (one: PlacedProblem) => {
    setTab("text")
    setJump({ ...one })
  }
  const save = async () => {
    if (draft.name.trim() === "") return document.getElementById("schema-name")?.focus()
    if ((await check()) !== null) return setTab("text")
    const saved = await editor.save()
    if (!saved) return
    toast.success(t("saved", { name: saved.name, version: saved.version }))
    if (!stored) router.replace(`/schemas/${saved.id}`)
  }
  const tabs: Tab[] = kept ? ["form", "text", "versions", "uses"] : ["form", "text"]
  const turn = (value: string) => {
    const next = tabs.find((one) => one === value)
    if (next) setTab(next)
    // Clears the target, so that it is not jumped to again.
    setJump(null)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 pb-8 sm:px-6">
          <BasicFields editor={editor} />
          {editor.newer && <NewerNotice editor={editor} newer={editor.newer} />}
          <Tabs.Root value={tab} onValueChange={turn}>
            <TabList tabs={tabs} />
            <Tabs.Content value="form">
              <FormView text={draft.text} onChange={editor.replaceText} onText={() => setTab("text")} />
            </Tabs.Content>
            <Tabs.Content value="text" tabIndex={-1}>
              <TextView editor={editor} problems={problems} jump={jump} />
            </Tabs.Content>
            <Tabs.Content value="versions">{kept && <Versions editor={editor} kept={kept} />}</Tabs.Content>
            <Tabs.Content value="uses">{kept && <Uses kept={kept} />}</Tabs.Content>
          </Tabs.Root>
          {(tab === "form" || tab === "text") && (
            <Problems problems={problems} onJump={goTo} text={draft.text} onText={editor.replaceText} />
          )}
        </div>
      </div>
      <SaveBar editor={editor} isUsable={errors.length === 0 && draft.text.trim() !== ""} onSave={save} />
      <LeaveGuard unsaved={changed.length > 0} />
    </div>
  )
}

function TabList({ tabs }: { tabs: Tab[] }) {
  const t = useTranslations("schemas")
  return (
    <Tabs.List aria-label={t("views")} className="mb-3 flex gap-1 overflow-x-auto border-b">
      {tabs.map((one) => (
        <Tabs.Trigger
          key={one}
          value={one}
          className="-mb-px h-10 shrink-0 border-transparent border-b-2 px-3 text-muted-foreground text-sm hover:text-foreground data-[state=active]:border-spark data-[state=active]:font-medium data-[state=active]:text-foreground"
        >
          {t(`tabs.${one}`)}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  )
}

interface TextViewProps {
  editor: Editor
  problems: PlacedProblem[]
  jump: PlacedProblem | null
}

function TextView({ editor, problems, jump }: TextViewProps) {
  const t = useTranslations("schemas")
  return (
    <Suspense fallback={<Spinner className="mark-late my-4" />}>
      <TextEditor
        label={t("textLabel")}
        text={editor.draft.text}
        onChange={(text) => editor.change({ text })}
        problems={problems}
        jump={jump}
      />
    </Suspense>
  )
}

interface FormViewProps {
  text: string
  onChange: (text: string) => void
  onText: () => void
}

function FormView({ text, onChange, onText }: FormViewProps) {
  const t = useTranslations("schemas")
  const root = text.trim() === "" ? EMPTY : sourceOf(text)
  if (!root)
    return (
      <p className="py-4 text-muted-foreground text-sm">
        {t("form.noJson")}{" "}
        <button type="button" onClick={onText} className="font-medium text-spark-text underline underline-offset-4">
          {t("form.openText")}
        </button>
      </p>
    )
  return (
    <Suspense fallback={<Spinner className="mark-late my-4" />}>
      <SchemaForm root={root} onChange={(next) => onChange(textOf(next))} />
    </Suspense>
  )
}

const EMPTY = sourceOf('{"type":"object","properties":{},"required":[],"additionalProperties":false}')

interface ProblemsProps {
  problems: PlacedProblem[]
  text: string
  onJump: (problem: PlacedProblem) => void
  onText: (text: string) => void
}

function Problems({ problems, text, onJump, onText }: ProblemsProps) {
  const t = useTranslations("schemas")
  if (problems.length === 0) return null
  const isError = problems.some(({ level }) => level === "error")
  return (
    <section aria-label={t(isError ? "errors" : "notes")}>
      <h2 className="mb-1 font-medium text-[0.8125rem]">{t(isError ? "errors" : "notes")}</h2>
      {!isError && (
        <p className="mb-1 text-pretty text-[0.8125rem] text-muted-foreground leading-5">{t("notesMeaning")}</p>
      )}
      <ProblemList
        problems={problems}
        onJump={onJump}
        onMend={(note) => {
          const root = sourceOf(text)
          if (root) onText(textOf(mended(root, note)))
        }}
      />
    </section>
  )
}
