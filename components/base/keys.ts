/** How keys are written, everywhere the same: Ctrl+Shift+O, on Apple's ⇧⌘O. */
import { useTranslations } from "next-intl"
import { useInBrowser } from "@/components/base/store"

/** Of what can be done on every page, as `aria-keyshortcuts` says them. */
export const KEYS = {
  newChat: "Control+Shift+O Meta+Shift+O",
  search: "Control+K Meta+K",
  print: "Control+P Meta+P",
  sidebar: "Control+B Meta+B",
  settings: "Control+, Meta+,",
  shortcuts: "Control+/ Meta+/",
} as const

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** False on the server and at the first drawing. */
export const useApple = (): boolean => useInBrowser(isApple)

const APPLE: Record<string, string> = { Meta: "⌘", Shift: "⇧", Alt: "⌥", Control: "⌃" }
/** As Apple's menus have them. */
const APPLE_ORDER = ["⌃", "⌥", "⇧", "⌘"]

/** Keys that have a name of their own in each language; Strg, say. */
const NAMED = ["Control", "Shift", "Alt", "Enter", "Escape", "Space", "Delete", "PageUp", "PageDown"] as const
type Named = (typeof NAMED)[number]
type NameKey = (key: Named) => string

const nameOf = (key: string, name: NameKey): string => {
  const named = NAMED.find((one) => one === key)
  return named ? name(named) : key
}

/** What a key is called where the page is read. */
export function useKeyName(): (key: string) => string {
  const name = useTranslations("keys")
  return (key) => nameOf(key, name)
}

/** `keyText` in the language of the page, for this machine. */
export function useKeyText(): (shortcuts: string) => string {
  const name = useTranslations("keys")
  const apple = useApple()
  return (shortcuts) => keyText(shortcuts, apple, name)
}

/**
 * The keys of an `aria-keyshortcuts` (`Control+B Meta+B`) as people read them. Of several combinations it is the one
 * that this machine has.
 */
export function keyText(shortcuts: string, apple: boolean, name: NameKey): string {
  const all = shortcuts.split(" ").map((combination) => combination.split("+"))
  const keys = all.find((combination) => combination.includes("Meta") === apple) ?? all[0] ?? []
  if (!apple) return keys.map((key) => nameOf(key, name)).join("+")
  const signs = keys.map((key) => APPLE[key] ?? nameOf(key, name))
  const rank = (sign: string) => APPLE_ORDER.indexOf(sign) + 1 || 9
  return signs.sort((a, b) => rank(a) - rank(b)).join("")
}
