"use client"

import {
  BookText,
  Braces,
  CirclePlay,
  GitFork,
  Keyboard,
  KeyRound,
  type LucideIcon,
  PanelLeft,
  Printer,
  Settings,
  Share2,
  SlidersHorizontal,
  SquarePen,
  SunMoon,
} from "lucide-react"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import { KEYS } from "@/components/base/keys"
import { pageCommand } from "@/components/base/page-commands"
import { useSidebar } from "@/components/sidebar/use-sidebar"

export interface PaletteCommand {
  id: string
  label: string
  Icon: LucideIcon
  /** In `aria-keyshortcuts` syntax. */
  keys?: string
  run: () => void
}

/** The commands of the palette whose label contains the typed text. */
export function useCommands(text: string, goTo: (path: string) => void): PaletteCommand[] {
  const t = useTranslations("search")
  const printing = useTranslations("print")
  const { resolvedTheme, setTheme } = useTheme()
  const { toggle } = useSidebar()
  const share = pageCommand("share")
  const print = pageCommand("print")
  const shortcuts = pageCommand("shortcuts")
  const settings = pageCommand("settings")
  const appSettings = pageCommand("appSettings")
  const prompts = pageCommand("prompts")
  const branches = pageCommand("branches")
  const commands: PaletteCommand[] = [
    { id: "new", label: t("newChat"), Icon: SquarePen, keys: KEYS.newChat, run: () => goTo("/") },
    ...(share ? [{ id: "share", label: t("share"), Icon: Share2, run: share }] : []),
    ...(print ? [{ id: "print", label: printing("print"), Icon: Printer, keys: KEYS.print, run: print }] : []),
    ...(branches ? [{ id: "branches", label: t("branches"), Icon: GitFork, run: branches }] : []),
    ...(settings ? [{ id: "settings", label: t("settings"), Icon: SlidersHorizontal, run: settings }] : []),
    ...(prompts ? [{ id: "prompts", label: t("prompts"), Icon: BookText, run: prompts }] : []),
    { id: "schemas", label: t("schemas"), Icon: Braces, run: () => goTo("/schemas") },
    { id: "sidebar", label: t("toggleSidebar"), Icon: PanelLeft, keys: KEYS.sidebar, run: toggle },
    {
      id: "theme",
      label: t("toggleTheme"),
      Icon: SunMoon,
      run: () => setTheme(resolvedTheme === "dark" ? "light" : "dark"),
    },
    ...(appSettings
      ? [{ id: "app-settings", label: t("appSettings"), Icon: Settings, keys: KEYS.settings, run: appSettings }]
      : []),
    { id: "recording", label: t("recording"), Icon: CirclePlay, run: () => goTo("/recordings") },
    { id: "key", label: t("key"), Icon: KeyRound, run: () => goTo("/setup") },
    ...(shortcuts
      ? [{ id: "shortcuts", label: t("shortcuts"), Icon: Keyboard, keys: KEYS.shortcuts, run: shortcuts }]
      : []),
  ]
  const typed = text.trim().toLowerCase()
  return commands.filter(({ label }) => label.toLowerCase().includes(typed))
}
