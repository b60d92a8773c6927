/** Which preset new chats begin with, as this page knows it: newer than what came with the page. */
import { Store } from "@/components/base/store"
import type { Preset } from "@/lib/presets/types"

let known: Preset | null | undefined

/** The list was read: its default is the one from now on. */
export function rememberDefault(presets: Preset[]): void {
  known = presets.find(({ isDefault }) => isDefault) ?? null
}

/** The default preset, as it was read last or, when it was not, as it was `sent` with the page. */
export const defaultPreset = (sent: Preset | null): Preset | null => (known === undefined ? sent : known)

/** Model and instructions of new chats were set by hand: a chat that has not begun takes them. */
const said = new Store<Preset | null>(null)

export const sayDefaults = (preset: Preset): void => said.set(preset)

/** Returns how to hear no more. */
export const hearDefaults = (hear: (preset: Preset) => void): (() => void) =>
  said.subscribe(() => {
    const preset = said.get()
    if (preset) hear(preset)
  })
