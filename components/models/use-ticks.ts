import { useState } from "react"
import { comparedModels } from "@/components/models/model-preferences"
import { COMPARED } from "@/lib/limits"
import type { Comparing } from "@/lib/messages/types"

interface PickedOptions {
  compared: Comparing
  onTick: (next: Comparing | null) => void
}

/** The models that are picked to be compared while the list is open; null while one is chosen. */
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
    /** Begins with these, which are not the person's choice yet. */
    pickFirst: setPicked,
    pickOne: () => {
      setPicked(null)
      onTick(null)
    },
    /** Those that are picked, as they are to be compared. */
    comparing: comparing(picked ?? []),
    blind,
    setBlind: (hidden: boolean) => {
      setBlind(hidden)
      onTick(comparing(picked ?? [], hidden))
    },
  }
}

/**
 * What was ticked in the list and is not applied yet. When the list goes, enough of them are applied; fewer stand there
 * again when it is opened next.
 */
export function useTicks(onCompare: (next: Comparing) => void) {
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
