/** Formats keyboard shortcuts consistently: Ctrl+Shift+O, on Apple ⇧⌘O. */
import { useTranslations } from "next-intl"
import { useInBrowser } from "@/components/base/store"

/** Shortcuts available on every page, in `aria-keyshortcuts` syntax. */
export const KEYS = {
  newChat: "Control+Shift+O Meta+Shift+O",
  search: "Control+K Meta+K",
  print: "Control+P Meta+P",
  sidebar: "Control+B Meta+B",
  settings: "Control+, Meta+,",
  shortcuts: "Control+/ Meta+/",
} as const

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** False on the server and on first render. */
export const useApple = (): boolean => useInBrowser(isApple)

const APPLE: Record<string, string> = { Meta: "⌘", Shift: "⇧", Alt: "⌥", Control: "⌃" }
/** The order of modifiers in Apple's menus. */
const APPLE_ORDER = ["⌃", "⌥", "⇧", "⌘"]

/** Keys with a localized name, such as Strg. */
const NAMED = ["Control", "Shift", "Alt", "Enter", "Escape", "Space", "Delete", "PageUp", "PageDown"] as const
type Named = (typeof NAMED)[number]
type NameKey = (key: Named) => string

const nameOf = (key: string, name: NameKey): string => {
  const named = NAMED.find((one) => one === key)
  return named ? name(named) : key
}

/** The name of a key in the page's language. */
export function useKeyName(): (key: string) => string {
  const name = useTranslations("keys")
  return (key) => nameOf(key, name)
}

/** `keyText` in the page's language, for this machine. */
export function useKeyText(): (shortcuts: string) => string {
  const name = useTranslations("keys")
  const apple = useApple()
  return (shortcuts) => keyText(shortcuts, apple, name)
}

/**
 * The display text of an `aria-keyshortcuts` value (`Control+B Meta+B`). Of several combinations, the one for this
 * machine.
 */
export function keyText(shortcuts: string, apple: boolean, name: NameKey): string {
  const all = shortcuts.split(" ").map((combination) => combination.split("+"))
  const keys = all.find((combination) => combination.includes("Meta") === apple) ?? all[0] ?? []
  if (!apple) return keys.map((key) => nameOf(key, name)).join("+")
  const signs = keys.map((key) => APPLE[key] ?? nameOf(key, name))
  const rank = (sign: string) => APPLE_ORDER.indexOf(sign) + 1 || 9
  return signs.sort((a, b) => rank(a) - rank(b)).join("")
}
