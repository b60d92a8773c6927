"use client"

import { FileUp, Pencil, Plus, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { changeCases, changeEval } from "@/components/evals/api"
import { choosable } from "@/components/models/model-choice"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { toast } from "@/components/ui/toast"
import type { EvalCase, EvalCheck } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"
import type { ModelsResponse } from "@/lib/models/model.types"

const CaseDialog = lazyOverlay(() => import("@/components/evals/cases/case-dialog"))
const ImportDialog = lazyOverlay(() => import("@/components/evals/cases/import-dialog"))

/** Cases listed initially. */
const FIRST_CASES = 50

interface Props {
  head: EvalHead
  models: ModelsResponse
  onHead: (head: EvalHead) => void
}

/** The cases of an eval: the questions, and how answers are checked. */
export function CaseSection({ head, models, onHead }: Props) {
  const t = useTranslations("evals.cases")
  const all = useTranslations("evals")
  const [open, setOpen] = useState<{ case: EvalCase | null; number: number } | "import" | null>(null)
  const [whole, setWhole] = useState(false)
  const { cases } = head
  const remove = async (one: EvalCase) => {
    try {
      onHead(await changeCases(head.id, { remove: [one.id] }))
      const before = cases[cases.indexOf(one) + 1]?.id ?? null
      const back = () =>
        changeCases(head.id, { put: [one], before }).then(onHead, (error) => toast.error(sentenceOf(error)))
      toast(t("removed"), { action: { label: all("undo"), onClick: () => void back() } })
    } catch (error) {
      toast.error(sentenceOf(error))
    }
  }
  return (
    <section aria-labelledby="eval-cases">
      <Head
        count={cases.length}
        onImport={() => setOpen("import")}
        onAdd={() => setOpen({ case: null, number: cases.length + 1 })}
      />
      {cases.some(({ check }) => check.kind === "judge") && <JudgeField head={head} models={models} onHead={onHead} />}
      {cases.length === 0 ? (
        <NoCases />
      ) : (
        <ol className="divide-y rounded-lg border bg-surface">
          {(whole ? cases : cases.slice(0, FIRST_CASES)).map((one, at) => (
            <CaseLine
              key={one.id}
              one={one}
              number={at + 1}
              onEdit={() => setOpen({ case: one, number: at + 1 })}
              onRemove={() => void remove(one)}
            />
          ))}
        </ol>
      )}
      {!whole && cases.length > FIRST_CASES && (
        <Button size="sm" variant="ghost" className="mt-2" onClick={() => setWhole(true)}>
          {t("more", { count: cases.length })}
        </Button>
      )}
      {open === "import" && <ImportDialog head={head} onHead={onHead} onClose={() => setOpen(null)} />}
      {open !== null && open !== "import" && (
        <CaseDialog
          key={open.case?.id ?? `new ${open.number}`}
          evalId={head.id}
          first={open.case}
          number={open.number}
          onHead={onHead}
          onAnother={(number) => setOpen({ case: null, number })}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}

function NoCases() {
  const t = useTranslations("evals.cases")
  return (
    <div className="rounded-lg border border-dashed px-6 py-10 text-center">
      <p className="font-medium">{t("empty")}</p>
      <p className="mx-auto mt-1 max-w-md text-pretty text-muted-foreground text-sm leading-6">{t("emptyHint")}</p>
    </div>
  )
}

interface HeadProps {
  count: number
  onImport: () => void
  onAdd: () => void
}

function Head({ count, onImport, onAdd }: HeadProps) {
  const t = useTranslations("evals.cases")
  return (
    <div className="mb-2.5 flex min-h-9 flex-wrap items-center justify-between gap-2">
      <h2 id="eval-cases" className="font-semibold text-[0.9375rem]">
        {t("title")} {count > 0 && <span className="font-normal text-muted-foreground">{count}</span>}
      </h2>
      <div className="flex gap-2">
        <Button size="sm" onClick={onImport}>
          <FileUp className="size-4" aria-hidden /> {t("import")}
        </Button>
        <Button size="sm" onClick={onAdd}>
          <Plus className="size-4" aria-hidden /> {t("add")}
        </Button>
      </div>
    </div>
  )
}

interface LineProps {
  one: EvalCase
  number: number
  onEdit: () => void
  onRemove: () => void
}

function CaseLine({ one, number, onEdit, onRemove }: LineProps) {
  const t = useTranslations("evals")
  return (
    <li className="flex items-center gap-1 py-2.5 ps-4 pe-2">
      <span className="w-7 shrink-0 self-start pt-0.5 text-[0.8125rem] text-muted-foreground tabular-nums">
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 text-sm">{one.question}</p>
        <p className="mt-0.5 truncate text-[0.8125rem] text-muted-foreground">
          <span className="font-medium">{t(`kinds.${one.check.kind}`)}</span>
          {expectedWords(one.check) && ` · ${expectedWords(one.check)}`}
        </p>
      </div>
      <IconButton label={t("cases.edit", { number })} onClick={onEdit}>
        <Pencil className="size-4" />
      </IconButton>
      <IconButton label={t("cases.remove", { number })} onClick={onRemove}>
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  )
}

/** The expected answer on one line. */
function expectedWords(check: EvalCheck): string {
  if (check.kind === "exact" || check.kind === "contains") return check.expected
  if (check.kind === "pattern") return check.pattern
  if (check.kind === "judge") return check.rubric
  if (check.kind === "json") return check.equals ? `${check.name} = ${JSON.stringify(check.equals.value)}` : check.name
  return ""
}

function JudgeField({ head, models, onHead }: Props) {
  const t = useTranslations("evals.judge")
  const offered = choosable(models.models, undefined)
  const choose = async (judge: string) => {
    try {
      onHead(await changeEval(head.id, { judge: judge || null }))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
  }
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
      <label htmlFor="eval-judge" className="font-medium">
        {t("label")}
      </label>
      <select
        id="eval-judge"
        aria-describedby="eval-judge-hint"
        value={head.judge ?? ""}
        onChange={(event) => void choose(event.target.value)}
        className="h-9 min-w-0 max-w-full rounded-md border border-input bg-background px-2.5 text-sm"
      >
        <option value="">{t("none")}</option>
        {head.judge && !offered.some(({ id }) => id === head.judge) && <option value={head.judge}>{head.judge}</option>}
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <p id="eval-judge-hint" className="text-[0.8125rem] text-muted-foreground">
        {t("hint")}
      </p>
    </div>
  )
}
