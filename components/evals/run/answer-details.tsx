"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { VerdictMark } from "@/components/evals/marks"
import { cellStatus } from "@/components/evals/words"
import { shortModel } from "@/components/grids/places"
import { Pieces, useDifference } from "@/components/ui/difference"
import type { EvalCheck } from "@/lib/evals/contract/eval"
import type { AnswerView } from "@/lib/evals/types"

/** Maximum characters of an answer shown, and of texts that are diffed. */
const MAX_SHOWN = 40_000
const MAX_COMPARED = 4_000

interface Props {
  check: EvalCheck
  answer: AnswerView
}

/** An answer, and why it passed or failed. */
export function AnswerDetails({ check, answer }: Props) {
  const t = useTranslations("evals.answer")
  const { text, error, why, problems, judge } = answer
  const shown = text?.slice(0, MAX_SHOWN).toWellFormed()
  return (
    <div className="space-y-4">
      <VerdictMark stand={cellStatus(answer)} word />
      {(error ?? why) && <p className="text-danger text-sm">{error ?? why}</p>}
      <Reason check={check} answer={answer} />
      {problems.length > 0 && (
        <section>
          <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">{t("problems")}</h3>
          <ul className="list-disc space-y-0.5 ps-5 text-sm">
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`} className="wrap-anywhere">
                {path && <code className="me-1.5 font-mono text-xs">{path}</code>}
                {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      {judge && <Judge judge={judge} />}
      <section>
        <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">{t("answer")}</h3>
        {shown ? (
          <p className="wrap-anywhere max-h-96 overflow-y-auto whitespace-pre-wrap rounded-md border px-3 py-2 text-sm">
            {shown}
          </p>
        ) : (
          <p className="text-muted-foreground text-sm">{t("noAnswer")}</p>
        )}
        {text && text.length > MAX_SHOWN && (
          <p className="mt-1 text-[0.8125rem] text-muted-foreground">{t("cut", { count: MAX_SHOWN })}</p>
        )}
      </section>
      <Used answer={answer} />
    </div>
  )
}

/** What a text check found missing. */
function Reason({ check, answer: { verdict, text } }: Props) {
  const t = useTranslations("evals.answer")
  if (verdict !== "fail" || text === null) return null
  if (check.kind === "contains") return <p className="text-sm">{t("notContained")}</p>
  if (check.kind === "pattern") return <p className="text-sm">{t("noMatch")}</p>
  if (check.kind !== "exact" || Math.max(text.length, check.expected.length) > MAX_COMPARED) return null
  return <Difference expected={check.expected} text={text.trim()} />
}

function Difference({ expected, text }: { expected: string; text: string }) {
  const t = useTranslations("evals.answer")
  const pieces = useDifference(expected, text)
  if (!pieces) return null
  return (
    <section>
      <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">{t("difference")}</h3>
      <p className="wrap-anywhere whitespace-pre-wrap text-sm">
        <Pieces pieces={pieces} />
      </p>
    </section>
  )
}

function Judge({ judge: { model, text, reason } }: { judge: NonNullable<AnswerView["judge"]> }) {
  const t = useTranslations("evals.answer")
  return (
    <section>
      <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">
        {t(reason === null ? "judgeSaid" : "reason")}
      </h3>
      <p className="wrap-anywhere max-h-48 overflow-y-auto whitespace-pre-wrap text-sm">{reason ?? text}</p>
      <p className="mt-1 text-muted-foreground text-xs">{t("judgedBy", { model: shortModel(model) })}</p>
    </section>
  )
}

function Used({ answer }: { answer: AnswerView }) {
  const t = useTranslations("evals.answer")
  const locale = useFormatLocale()
  const { inputTokens, outputTokens, costUsd, firstMs, speed, attempts, model } = answer
  if (outputTokens === 0) return null
  const money = new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", maximumSignificantDigits: 2 },
  })
  const parts = [
    t("tokens", { input: inputTokens, output: outputTokens }),
    ...(costUsd === null ? [] : [money.format(costUsd)]),
    ...(firstMs === null ? [] : [t("first", { ms: firstMs })]),
    ...(speed === null ? [] : [t("speed", { speed: Math.round(speed) })]),
    ...(attempts > 1 ? [t("attempts", { count: attempts })] : []),
    ...(model ? [t("answeredBy", { model: shortModel(model) })] : []),
  ]
  return <p className="text-muted-foreground text-xs tabular-nums">{parts.join(" · ")}</p>
}
