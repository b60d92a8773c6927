"use client"

import { Calculator } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense } from "react"
import { CardFrame } from "@/components/tools/card-frame"
import { toolCard } from "@/components/tools/tool-card"
import { CopyButton } from "@/components/ui/copy-button"
import { lazyWithFallback } from "@/components/ui/lazy-part"
import { type CalculatedLine, calculateInput, calculateOutput } from "@/lib/ai/tools/calculate/types"

const Plain = ({ text }: { text: string }) => <span className="wrap-anywhere font-mono text-[0.8125rem]">{text}</span>

const Formula = lazyWithFallback<{ tex: string; display: boolean; text: string }>(
  () => import("@/components/message/markdown/formula"),
  Plain,
)

/** Each line typeset with its result. */
export default toolCard({
  input: calculateInput,
  output: calculateOutput,
  Result: ({ output }) => <Lines lines={output.lines} />,
})

function Lines({ lines }: { lines: CalculatedLine[] }) {
  const t = useTranslations("calculator")
  return (
    <CardFrame icon={<Calculator aria-hidden />} title={t("title")}>
      <ul className="divide-y">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are identified by index
          <LineView key={index} line={line} />
        ))}
      </ul>
    </CardFrame>
  )
}

/** Characters up to which a result is typeset on one line; longer ones are plain text that wraps. */
const LONGEST_TYPESET = 36

function LineView({ line: { expression, expressionTex, result, resultTex, fraction } }: { line: CalculatedLine }) {
  const t = useTranslations("calculator")
  const typeset = resultTex !== null && (result.length <= LONGEST_TYPESET || /^\\begin/.test(resultTex))
  return (
    <li className="flex items-start gap-2 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="overflow-x-auto text-[0.8125rem] text-muted-foreground">
          <Typeset tex={expressionTex} text={expression} /> <span aria-hidden>=</span>
        </div>
        <div className="mt-0.5 overflow-x-auto text-base">
          {typeset ? (
            <Typeset tex={resultTex} text={result} />
          ) : (
            <span className="wrap-anywhere tabular-nums">{result}</span>
          )}
        </div>
        {fraction && <p className="mt-0.5 text-[0.8125rem] text-muted-foreground">{t("fraction", { fraction })}</p>}
      </div>
      <CopyButton text={() => result} label={t("copy")} />
    </li>
  )
}

function Typeset({ tex, text }: { tex: string | null; text: string }) {
  if (tex === null) return <Plain text={text} />
  return (
    <Suspense fallback={<Plain text={text} />}>
      <Formula tex={tex} text={text} display={false} />
    </Suspense>
  )
}
