/** The default preset for new chats as known to this page, which may be newer than what was sent with it. */
import { Store } from "@/components/base/store"
import type { Preset } from "@/lib/presets/types"

let known: Preset | null | undefined

/** Updates the default from a newly loaded list. */
export function updateDefaultPreset(presets: Preset[]): void {
  known = presets.find(({ isDefault }) => isDefault) ?? null
}

/** The default preset as last loaded, or as `sent` with the page. */
export const defaultPreset = (sent: Preset | null): Preset | null => (known === undefined ? sent : known)

/** Defaults for new chats that were edited manually: applied to a chat that has not begun. */
const said = new Store<Preset | null>(null)

export const publishDefaults = (preset: Preset): void => said.set(preset)

/** Returns an unsubscribe function. */
export const subscribeToDefaults = (hear: (preset: Preset) => void): (() => void) =>
  said.subscribe(() => {
    const preset = said.get()
    if (preset) hear(preset)
  })
