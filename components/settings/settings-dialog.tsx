"use client"

import {
  ChevronLeft,
  ChevronRight,
  Columns2,
  Database,
  Gauge,
  Keyboard,
  type LucideIcon,
  Palette,
  Plug,
  Settings,
  Sparkles,
  UserRound,
  Wrench,
} from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentType, useEffect, useRef } from "react"
import { ConnectionsSection } from "@/components/mcp/connections-section"
import { AccountSection } from "@/components/settings/account-section"
import { AppearanceSection } from "@/components/settings/appearance-section"
import { ComparisonsSection } from "@/components/settings/comparisons-section"
import { DataSection } from "@/components/settings/data-section"
import { GeneralSection } from "@/components/settings/general-section"
import { InstructionsSection } from "@/components/settings/instructions-section"
import { KeyboardSection } from "@/components/settings/keyboard-section"
import { closeSettings, SECTIONS, type Section, showSettings } from "@/components/settings/place"
import { ToolsSection } from "@/components/settings/tools-section"
import { UsageRows } from "@/components/settings/usage-rows"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

/**
 * To add a section: its name in `place.ts`, its texts in `appSettings.sections`, and a line here. Its rows go into a
 * separate file.
 */
const OF: Record<Section, { Icon: LucideIcon; Rows: ComponentType }> = {
  general: { Icon: Settings, Rows: GeneralSection },
  account: { Icon: UserRound, Rows: AccountSection },
  instructions: { Icon: Sparkles, Rows: InstructionsSection },
  appearance: { Icon: Palette, Rows: AppearanceSection },
  keyboard: { Icon: Keyboard, Rows: KeyboardSection },
  tools: { Icon: Wrench, Rows: ToolsSection },
  comparisons: { Icon: Columns2, Rows: ComparisonsSection },
  usage: { Icon: Gauge, Rows: UsageRows },
  connections: { Icon: Plug, Rows: ConnectionsSection },
  data: { Icon: Database, Rows: DataSection },
}

/** All settings that are not specific to a chat. Full screen on a phone: a list of sections, and one at a time. */
export default function SettingsDialog({ section }: { section: Section | null }) {
  const t = useTranslations("appSettings")
  const shown = section ?? SECTIONS[0]
  const { Rows } = OF[shown]
  return (
    <Dialog
      open
      onOpenChange={(open) => open || closeSettings()}
      title={t("title")}
      className="h-[min(37rem,85dvh)] w-[min(94vw,50rem)] max-sm:inset-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:translate-x-0 max-sm:translate-y-0 max-sm:rounded-none max-sm:border-0 max-sm:pt-[env(safe-area-inset-top)]"
      bodyClassName="flex overflow-hidden border-t p-0"
    >
      <SectionList section={section} shown={shown} />
      <section
        aria-labelledby="settings-section"
        className={cn(
          "min-w-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-6 max-sm:pb-[max(1.5rem,env(safe-area-inset-bottom))]",
          !section && "max-sm:hidden",
        )}
      >
        <SectionHead shown={shown} chosen={section !== null} />
        <Rows />
      </section>
    </Dialog>
  )
}

interface ListProps {
  section: Section | null
  shown: Section
}

function SectionList({ section, shown }: ListProps) {
  const t = useTranslations("appSettings")
  return (
    <nav
      aria-label={t("sectionList")}
      className={cn(
        "w-60 shrink-0 overflow-y-auto border-e p-2.5 max-sm:w-full max-sm:border-0",
        section && "max-sm:hidden",
      )}
    >
      <ul>
        {SECTIONS.map((name) => {
          const { Icon } = OF[name]
          const current = name === shown
          return (
            <li key={name}>
              <button
                type="button"
                aria-current={current && section !== null ? "true" : undefined}
                data-autofocus={current || undefined}
                onClick={() => showSettings(name)}
                className={cn(
                  "flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-start text-sm transition-colors hover:bg-muted max-sm:h-12 max-sm:text-[0.9375rem] pointer-coarse:h-11",
                  current && "sm:bg-muted sm:font-medium",
                )}
              >
                <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
                <span className="min-w-0 flex-1 truncate">{t(`sections.${name}`)}</span>
                <ChevronRight className="size-4 text-muted-foreground sm:hidden rtl:-scale-x-100" aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** The section's name; on a phone with a back button to the list. */
function SectionHead({ shown, chosen }: { shown: Section; chosen: boolean }) {
  const t = useTranslations("appSettings")
  const back = useRef<HTMLButtonElement>(null)
  const list = useRef(false)
  // On a phone the focused element gets hidden: the list when a section is chosen, the back button when returning to
  // the list.
  useEffect(() => {
    const active = document.activeElement
    if (list.current === chosen) return
    list.current = chosen
    if (active instanceof HTMLElement && active.offsetParent !== null && active !== document.body) return
    if (chosen) back.current?.focus()
    else document.querySelector<HTMLElement>("[role=dialog] nav [data-autofocus]")?.focus()
  }, [chosen])
  return (
    <div className="sticky top-0 z-10 -mx-5 flex items-center gap-1 bg-popover px-5 pt-3.5 pb-1.5 max-sm:px-3">
      <IconButton ref={back} label={t("back")} className="sm:hidden" onClick={() => showSettings(null)}>
        <ChevronLeft className="size-5 rtl:-scale-x-100" />
      </IconButton>
      <h3 id="settings-section" className="font-semibold text-[0.9375rem]">
        {t(`sections.${shown}`)}
      </h3>
    </div>
  )
}
