"use client"

import { type Locale, useLocale } from "next-intl"
import type { ComponentType } from "react"
import type { KeepCaseProps } from "@/components/evals/cases/keep-dialog"
import { MoreTexts } from "@/components/texts"
import { lazyOverlay } from "@/components/ui/lazy-part"

/** Chats lack the eval translations, which load with the dialog. */
const withTexts = (texts: () => Promise<{ default: object }>) => async () => {
  const [{ default: KeepCaseDialog }, { default: catalogue }] = await Promise.all([
    import("@/components/evals/cases/keep-dialog"),
    texts(),
  ])
  const json = JSON.stringify(catalogue)
  return {
    default: (props: KeepCaseProps) => (
      <MoreTexts catalogue={json}>
        <KeepCaseDialog {...props} />
      </MoreTexts>
    ),
  }
}

const DIALOGS: Record<Locale, ComponentType<KeepCaseProps>> = {
  en: lazyOverlay(withTexts(() => import("@/lib/i18n/en.evals.json"))),
  de: lazyOverlay(withTexts(() => import("@/lib/i18n/de.evals.json"))),
}

/** Saves an answer's question as an eval case; for pages other than evals. */
export function KeepCase(props: KeepCaseProps) {
  const Dialog = DIALOGS[useLocale()]
  return <Dialog {...props} />
}
