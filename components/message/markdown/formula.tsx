"use client"

import "katex/dist/katex.min.css"
import katex from "katex"
import { useTranslations } from "next-intl"
import { memo } from "react"
import { CopyButton } from "@/components/ui/copy-button"
import { cn } from "@/lib/cn"

interface Props {
  tex: string
  /** Display mode: on its own lines. */
  display: boolean
}

/**
 * A formula, or its source with a note when it can't be typeset. Nothing in it can link, load or run (`trust` is off).
 */
const Formula = memo(function Formula({ tex, display }: Props) {
  const t = useTranslations("reading")
  const html = setFormula(tex, display)
  if (html === null)
    return (
      <code data-part="broken-formula" className={cn("inline-code", display && "block")} data-tip={t("brokenFormula")}>
        {tex}
        <span className="sr-only"> ({t("brokenFormula")})</span>
      </code>
    )
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input, and `trust` is off
  const set = <span data-tex={tex} dangerouslySetInnerHTML={{ __html: html }} />
  if (!display) return set
  return (
    <span className="formula" data-part="formula">
      {set}
      <CopyButton text={() => tex} label={t("copyTex")} className="formula-copy" />
    </span>
  )
})

export default Formula

/** The formula as HTML; null when invalid. Limited to 20 em and 1,000 macro expansions. */
function setFormula(tex: string, display: boolean): string | null {
  try {
    return katex.renderToString(asKatexReads(tex, display), {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      maxSize: 20,
      maxExpand: 1_000,
    })
  } catch {
    return null
  }
}

/** Replaces what KaTeX lacks with supported equivalents. Inline, it supports no environment that numbers its lines. */
function asKatexReads(tex: string, display: boolean): string {
  if (!tex.includes("\\")) return tex
  const known = tex
    .replace(/\\label\s*\{[^{}]*\}/g, "")
    .replace(/\\(begin|end)\{(?:displaymath|math)\}/g, "")
    .replace(/\\(begin|end)\{multline(\*?)\}/g, "\\$1{gather$2}")
    .replace(/\\(begin|end)\{(?:flalign|eqnarray)(\*?)\}/g, "\\$1{align$2}")
    .replace(/&\s*(=|\\(?:leq?|geq?|approx|equiv|to|sim))\s*&/g, "&$1 ")
  if (display) return known
  return known
    .replace(/\\(begin|end)\{(align|gather)\*?\}/g, "\\$1{$2ed}")
    .replace(/\\(begin|end)\{alignat\*?\}/g, "\\$1{alignedat}")
    .replace(/\\(begin|end)\{equation\*?\}/g, "")
}
