/** The settings section that is shown. Each has a URL on every chat page: `#settings/data`. */
import { Store } from "@/components/base/store"

export const SECTIONS = [
  "general",
  "account",
  "instructions",
  "appearance",
  "keyboard",
  "tools",
  "comparisons",
  "usage",
  "connections",
  "data",
] as const
export type Section = (typeof SECTIONS)[number]

/** `section` is null if the user has chosen none: a phone then shows the list. */
export interface SettingsPlace {
  section: Section | null
}

/** Null: the settings are closed. */
export const settingsPlace = new Store<SettingsPlace | null>(null)

const MARK = "sparklerSettings"
const ADDRESS = /^#settings(?:\/([a-z]+))?$/

/** The settings place in a URL hash. Null: not about settings. */
export function placeIn(hash: string): SettingsPlace | null {
  const found = ADDRESS.exec(hash)
  if (!found) return null
  return { section: SECTIONS.find((section) => section === found[1]) ?? null }
}

const addressOf = ({ section }: SettingsPlace) => (section ? `#settings/${section}` : "#settings")

/** Preserves the router's own state, so that it has nothing to do. */
const stateHere = (): object => window.history.state ?? {}

/** Opens the settings, or switches to another section. Opening adds a history entry: Back closes them. */
export function showSettings(section: Section | null = null): void {
  const place = { section }
  if (settingsPlace.get()) window.history.replaceState(stateHere(), "", addressOf(place))
  else window.history.pushState({ ...stateHere(), [MARK]: true }, "", addressOf(place))
  settingsPlace.set(place)
}

/** Closes them, returning to the page as it was before. */
export function closeSettings(): void {
  settingsPlace.set(null)
  if (!placeIn(window.location.hash)) return
  if (MARK in stateHere()) window.history.back()
  else window.history.replaceState(stateHere(), "", window.location.pathname + window.location.search)
}

/** Reads the place from the current URL. */
export function readSettingsPlace(): void {
  const place = placeIn(window.location.hash)
  const before = settingsPlace.get()
  if (place?.section !== before?.section || (place === null) !== (before === null)) settingsPlace.set(place)
}
