/** Which section of the settings is shown. Each has an address on every page of the chat: `#settings/data`. */
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

/** `section` is null where the person has chosen none: on a phone the list of them is shown then. */
export interface SettingsPlace {
  section: Section | null
}

/** Null: the settings are closed. */
export const settingsPlace = new Store<SettingsPlace | null>(null)

const MARK = "sparklerSettings"
const ADDRESS = /^#settings(?:\/([a-z]+))?$/

/** What the part of an address behind the page asks for. Null: nothing of the settings. */
export function placeIn(hash: string): SettingsPlace | null {
  const found = ADDRESS.exec(hash)
  if (!found) return null
  return { section: SECTIONS.find((section) => section === found[1]) ?? null }
}

const addressOf = ({ section }: SettingsPlace) => (section ? `#settings/${section}` : "#settings")

/** The router's own state goes along, so that it has nothing to do. */
const stateHere = (): object => window.history.state ?? {}

/** Opens the settings, or turns to another of their sections. Opened, they are an entry of the history: Back closes them. */
export function showSettings(section: Section | null = null): void {
  const place = { section }
  if (settingsPlace.get()) window.history.replaceState(stateHere(), "", addressOf(place))
  else window.history.pushState({ ...stateHere(), [MARK]: true }, "", addressOf(place))
  settingsPlace.set(place)
}

/** Closes them, on the page as it was before. */
export function closeSettings(): void {
  settingsPlace.set(null)
  if (!placeIn(window.location.hash)) return
  if (MARK in stateHere()) window.history.back()
  else window.history.replaceState(stateHere(), "", window.location.pathname + window.location.search)
}

/** Takes the place from the address, as it is now. */
export function readSettingsPlace(): void {
  const place = placeIn(window.location.hash)
  const before = settingsPlace.get()
  if (place?.section !== before?.section || (place === null) !== (before === null)) settingsPlace.set(place)
}
