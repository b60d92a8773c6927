"use client"

import { Braces, CloudSun, Code, ImagePlus, type LucideIcon, Scale, Table2, Workflow } from "lucide-react"
import { useTranslations } from "next-intl"
import { KEYS, useKeyText } from "@/components/base/keys"
import { GreetingNotice, type InitialNotice } from "@/components/chat/greeting-notice"
import { STARTERS, type Starter, startersFor } from "@/components/chat/starters"
import { SparkIcon } from "@/components/ui/wordmark"
import type { ModelsResponse } from "@/lib/models/model.types"

export interface Example {
  text: string
  /** What it needs besides the text. */
  needs?: "image" | "schema"
}

const ICONS: Record<Starter, LucideIcon> = {
  exampleTable: Table2,
  exampleDiagram: Workflow,
  exampleCompare: Scale,
  exampleCode: Code,
  exampleWeather: CloudSun,
  exampleLook: ImagePlus,
  exampleData: Braces,
}

interface Props {
  models: ModelsResponse
  /** Null when there is no notice about which service answers. */
  notice: InitialNotice | null
  onExample: (example: Example) => void
}

/** The empty conversation: which service answers, and what can be done here. */
export function Greeting({ models, notice, onExample }: Props) {
  const t = useTranslations("chat")
  return (
    <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-center px-4 py-6 sm:px-6 sm:py-8">
      <SparkIcon className="size-9 max-sm:size-8" />
      <h1 className="mt-4 font-semibold text-[1.7rem] leading-tight tracking-[-0.02em] max-sm:mt-3 max-sm:text-[1.45rem]">
        {t("greeting")}
      </h1>
      <p className="mt-2 text-muted-foreground">{t("begin")}</p>
      <ul className="mt-6 grid grid-cols-2 gap-2 max-sm:mt-4">
        {startersFor(models).map((name) => {
          const Icon = ICONS[name]
          return (
            <li key={name}>
              <button
                type="button"
                data-tip={t(`${name}Text`)}
                onClick={() => onExample({ text: t(`${name}Text`), needs: STARTERS[name] })}
                className="flex h-full min-h-11 w-full items-center gap-2.5 rounded-lg border bg-surface px-3 py-2.5 text-start transition-colors hover:border-input sm:items-start sm:gap-3 sm:px-3.5 sm:py-3"
              >
                <Icon className="size-4.5 shrink-0 text-spark-text sm:mt-0.5" aria-hidden />
                <span className="min-w-0">
                  <span className="block font-medium text-[0.90625rem] leading-6 max-sm:text-[0.875rem] max-sm:leading-5">
                    {t(name)}
                  </span>
                  <span className="line-clamp-2 text-[0.84375rem] text-muted-foreground leading-5 max-sm:hidden">
                    {t(`${name}Text`)}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <Hint />
      {notice && (
        <div className="mt-6 flex flex-col max-sm:mt-4">
          <GreetingNotice notice={models.notice} first={notice} mayOwnKey={models.ownKey !== undefined} />
        </div>
      )}
    </div>
  )
}

/** Keyboard shortcuts, which the page does not otherwise reveal. */
function Hint() {
  const t = useTranslations("chat")
  const keyText = useKeyText()
  return (
    <p className="mt-4 text-[0.8125rem] text-muted-foreground pointer-coarse:hidden max-sm:hidden">
      {t.rich("keysHint", {
        key: (key) => <kbd className="rounded-sm border bg-surface px-1 font-sans text-xs">{key}</kbd>,
        search: keyText(KEYS.search),
      })}
    </p>
  )
}
