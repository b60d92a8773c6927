"use client"

import { CircleAlert, CircleCheck, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { OutputCheck, OutputProblem } from "@/lib/messages/types"
import { placeOfProblem, stepsOf } from "@/lib/output/view/pointers"

interface Props {
  /** The schema's display name; null for any JSON. */
  name: string | null
  check: OutputCheck | undefined
  streaming: boolean
  /** Number of values being generated again. */
  repairing?: number
  repaired?: "done" | "failed"
  /** Id of the list of problems. */
  problemsId: string
  /** Shows where a problem is. */
  onShow: (pointer: string) => void
  /** Asks the model to repair the problems; undefined where nothing can be requested. */
  onRepair?: () => void
  busy?: boolean
}

/** The outcome of a JSON answer: one line, present from the start. */
export function AnswerState({
  name,
  check,
  streaming,
  repairing,
  repaired,
  problemsId,
  onShow,
  onRepair,
  busy,
}: Props) {
  const t = useTranslations("output")
  if (streaming)
    return (
      <Line role="status">
        <Spinner className="size-3.5" /> {repairing === undefined ? t("forming") : t("repairing", { count: repairing })}
      </Line>
    )
  if (!check) return <Line>{t("early")}</Line>
  if (check.valid) return <Valid name={name} repaired={repaired === "done"} />
  const count = check.problems.length
  return (
    <div className="relative border-b bg-danger-soft/50 text-[0.8125rem]">
      <details id={problemsId} className="px-3.5 focus-visible:outline-offset-[-2px]">
        <summary className="flex min-h-10 cursor-pointer items-center gap-2 pe-24 font-medium">
          <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
          {t("problems", { count })}
          {repaired && <span className="font-normal text-muted-foreground">{t(`afterRepair.${repaired}`)}</span>}
        </summary>
        <ul className="grid gap-0.5 pb-2.5 ps-6">
          {check.problems.map((problem) => (
            <li key={`${problem.path} ${problem.message}`}>
              <ProblemLink problem={problem} onShow={onShow} />
            </li>
          ))}
        </ul>
      </details>
      {onRepair && (
        <Button
          size="sm"
          className="absolute end-1.5 top-1 print:hidden"
          disabled={busy}
          data-tip={t("repairMeaning", { count })}
          onClick={onRepair}
        >
          <Wrench aria-hidden className="size-3.5" /> {t("repair")}
        </Button>
      )}
    </div>
  )
}

function Valid({ name, repaired }: { name: string | null; repaired: boolean }) {
  const t = useTranslations("output")
  const said = [name === null ? t("validJson") : t("valid", { name }), ...(repaired ? [t("repaired")] : [])]
  return (
    <Line>
      <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
      {said.join(", ")}
    </Line>
  )
}

function ProblemLink({ problem, onShow }: { problem: OutputProblem; onShow: (pointer: string) => void }) {
  const t = useTranslations("output")
  const place = placeOfProblem(problem)
  return (
    <button
      type="button"
      onClick={() => onShow(place)}
      className="wrap-anywhere min-h-6 rounded text-start text-foreground hover:underline"
    >
      <span className="font-mono text-[0.9em] text-muted-foreground">
        {stepsOf(place).join(" › ") || t("wholeAnswer")}
      </span>{" "}
      {problem.message}
    </button>
  )
}

function Line({ children, role }: { children: ReactNode; role?: "status" }) {
  return (
    <p role={role} className="flex min-h-10 items-center gap-2 border-b px-3.5 text-[0.8125rem] text-muted-foreground">
      {children}
    </p>
  )
}
