"use client"

import { Brain } from "lucide-react"
import { useTranslations } from "next-intl"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { cn } from "@/lib/cn"
import type { ModelInfo } from "@/lib/models/model.types"
import { levelsOf, levelUsed, type ThinkingLevel } from "@/lib/models/thinking"

const ThinkingMenu = lazyOverlay(() => import("@/components/models/thinking-menu"))

interface Props {
  /** The models that the next message goes to; empty when the selected one is unknown. */
  asked: ModelInfo[]
  value: ThinkingLevel | undefined
  onChange: (level: ThinkingLevel | undefined) => void
}

/** Selects the reasoning effort for the next answer. Renders nothing if the model has no reasoning. */
export function ThinkingControl({ asked, value, onChange }: Props) {
  const t = useTranslations("settings")
  const [first, second] = asked
  const offered = new Set(asked.length > 0 ? asked.flatMap(({ efforts }) => levelsOf(efforts)) : levelsOf(null))
  if (offered.size === 0) return null
  // With several models, each uses its nearest level.
  const used = value && (second ? value : levelUsed(first?.efforts ?? null, value))
  const name = t(`efforts.${used ?? "default"}`)
  const label = t("thinkingNow", { level: name })
  const instead =
    first && value && used && used !== value
      ? t("levelUsed", { model: first.name, wanted: t(`efforts.${value}`), used: name })
      : null
  const trigger = (
    <IconButton
      label={label}
      tip={instead ?? label}
      className={cn("size-9 rounded-full", used && "w-auto gap-1.5 px-2.5 text-spark-text pointer-coarse:w-auto")}
    >
      <Brain className="size-4.5" />
      {used && <span className="font-medium text-[0.8125rem]">{name}</span>}
    </IconButton>
  )
  return (
    <OnDemand trigger={trigger}>
      <ThinkingMenu
        trigger={trigger}
        levels={[...offered]}
        several={second !== undefined}
        value={used}
        instead={instead}
        onChange={onChange}
      />
    </OnDemand>
  )
}
