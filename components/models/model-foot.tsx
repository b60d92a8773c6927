"use client"

import { type LucideIcon, SlidersHorizontal, Star } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useModelLabel } from "@/components/models/model-name"
import type { ModelOptionsState } from "@/components/models/use-model-options"
import { Button } from "@/components/ui/button"
import { cn } from "@/lib/cn"
import { COMPARED } from "@/lib/limits"
import type { ModelInfo } from "@/lib/models/model.types"

interface OfCurrentProps {
  current: ModelInfo
  options: ModelOptionsState
  onLeave: () => void
}

/** Actions on the active model. */
export function CurrentModelActions({ current, options, onLeave }: OfCurrentProps) {
  const t = useTranslations("models")
  const label = useModelLabel()
  return (
    <>
      {!options.picked && (
        <FavoriteButton
          name={label(current)}
          pressed={options.isFavorite(current)}
          onToggle={() => options.toggleFavorite(current)}
          onLeave={onLeave}
        />
      )}
      <FootButton icon={SlidersHorizontal} onClick={() => options.openDetails(current)} onLeave={onLeave}>
        {t("options", { name: current.name })}
      </FootButton>
    </>
  )
}

const FOOT = "panel-item w-full text-muted-foreground hover:bg-muted hover:text-foreground"

interface FavoriteProps {
  name: string
  pressed: boolean
  onToggle: () => void
  onLeave: () => void
}

function FavoriteButton({ name, pressed, onToggle, onLeave }: FavoriteProps) {
  const t = useTranslations("models")
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
      className={FOOT}
    >
      <Star className={cn(pressed && "fill-spark text-spark!")} aria-hidden />
      <span className="truncate">{t("favorite", { name })}</span>
    </button>
  )
}

interface FootProps {
  icon: LucideIcon
  onClick: () => void
  onLeave: () => void
  children: ReactNode
}

/** An action below the list. */
export function FootButton({ icon: Icon, onClick, onLeave, children }: FootProps) {
  return (
    <button type="button" onClick={onClick} onKeyDown={(event) => event.key === "Escape" && onLeave()} className={FOOT}>
      <Icon aria-hidden /> <span className="truncate">{children}</span>
    </button>
  )
}

interface PickedProps {
  count: number
  /** Comparing is active and can be ended. */
  comparing: boolean
  blind: boolean
  onBlind: (blind: boolean) => void
  onStart: () => void
  onCancel: () => void
  onLeave: () => void
}

/** The number of picked models, and buttons to continue. */
export function Picked({ count, comparing, blind, onBlind, onStart, onCancel, onLeave }: PickedProps) {
  const t = useTranslations("compare")
  const common = useTranslations("common")
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles Escape for its two buttons
    <div className="p-1" onKeyDown={(event) => event.key === "Escape" && onLeave()}>
      <p role="status" className="px-1.5 text-[0.8125rem] text-muted-foreground">
        {t(count === COMPARED.most ? "limit" : "hint")}
      </p>
      <label className="flex min-h-9 cursor-pointer items-center gap-2 px-1.5 text-[0.84375rem] pointer-coarse:min-h-11">
        <input
          type="checkbox"
          checked={blind}
          onChange={(event) => onBlind(event.target.checked)}
          className="size-4 accent-spark"
        />
        {t("blind")}
      </label>
      <div className="flex items-center justify-end gap-1.5">
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {comparing ? t("end") : common("cancel")}
        </Button>
        <Button size="sm" variant="primary" disabled={count < COMPARED.least} onClick={onStart}>
          {t("start", { count })}
        </Button>
      </div>
    </div>
  )
}
