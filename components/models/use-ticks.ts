import { useState } from "react"
import { comparedModels } from "@/components/models/model-preferences"
import { COMPARED } from "@/lib/limits"
import type { Comparing } from "@/lib/messages/types"

interface PickedOptions {
  compared: Comparing
  onTick: (next: Comparing | null) => void
}

/** The models picked to compare while the list is open; null while choosing one. */
export function usePicked({ compared, onTick }: PickedOptions) {
  const [picked, setPicked] = useState<string[] | null>(compared.models.length > 0 ? compared.models : null)
  const [blind, setBlind] = useState(compared.blind === true)
  const comparing = (ids: string[], hidden = blind): Comparing => ({ models: ids, ...(hidden && { blind: true }) })
  return {
    picked,
    tick: (ids: string[]) => {
      setPicked(ids)
      onTick(comparing(ids))
    },
    /** Initializes with these, which are not the user's choice yet. */
    pickFirst: setPicked,
    pickOne: () => {
      setPicked(null)
      onTick(null)
    },
    /** The picked models as a comparison. */
    comparing: comparing(picked ?? []),
    blind,
    setBlind: (hidden: boolean) => {
      setBlind(hidden)
      onTick(comparing(picked ?? [], hidden))
    },
  }
}

/**
 * Models ticked in the list but not applied yet. Closing the list applies them if there are enough; otherwise they are
 * restored when it opens again.
 */
export function usePendingModelSelection(onCompare: (next: Comparing) => void) {
  const [ticked, setTicked] = useState<Comparing | null>(null)
  const compare = (next: Comparing) => {
    onCompare(next)
    setTicked(null)
    if (next.models.length > 0) comparedModels.set(next.models)
  }
  return {
    ticked,
    tick: setTicked,
    compare,
    leave: () => {
      if (ticked && ticked.models.length >= COMPARED.least) compare(ticked)
    },
  }
}
