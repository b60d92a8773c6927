import { createContext, useContext } from "react"
import type { ValueSource } from "@/lib/messages/sources.types"
import type { OutputProblem } from "@/lib/messages/types"
import type { Schema } from "@/lib/output/view/shape"

/** What can be done with the values of a view beside looking at them. */
export interface ViewEditing {
  /** Values are fields. */
  editing: boolean
  /** JSON by the places that were written over. */
  edits: ReadonlyMap<string, string>
  /** What the model wrote. */
  original: unknown
  /** Writes a value over, or with null takes that back. `was`: what was written there so far. Rejects with why that did not work. */
  onEdit?: (pointer: string, json: string | null, was: string | null) => Promise<void>
  /** By the places of the values. */
  sources: ReadonlyMap<string, ValueSource>
  onSource?: (source: ValueSource) => void
}

/** What all places of one view share. */
export interface ViewContextValue extends ViewEditing {
  root: Schema | null
  /** More of the value is to come. */
  forming: boolean
  /** Its last string or number is still being written. */
  open: boolean
  /** By the place that they are about. */
  problems: ReadonlyMap<string, OutputProblem[]>
  /** The id of the element that shows a place. */
  idOf: (pointer: string) => string
  /** The id of the list of problems. */
  problemsId: string
  /** A place that has to be drawn, since somebody goes there. */
  wanted: string | null
}

export const NO_PROBLEMS: ReadonlyMap<string, OutputProblem[]> = new Map()
export const ONLY_SHOWN: ViewEditing = { editing: false, edits: new Map(), original: undefined, sources: new Map() }

export const ViewContext = createContext<ViewContextValue>({
  ...ONLY_SHOWN,
  root: null,
  forming: false,
  open: false,
  problems: NO_PROBLEMS,
  idOf: (pointer) => pointer,
  problemsId: "",
  wanted: null,
})

export const useView = () => useContext(ViewContext)
