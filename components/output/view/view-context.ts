import { createContext, useContext } from "react"
import type { ValueSource } from "@/lib/messages/sources.types"
import type { OutputProblem } from "@/lib/messages/types"
import type { Schema } from "@/lib/output/view/shape"

/** Actions on the values of a view. */
export interface ViewEditing {
  /** Values are shown as input fields. */
  editing: boolean
  /** JSON of the edited values by place. */
  edits: ReadonlyMap<string, string>
  /** What the model wrote. */
  original: unknown
  /**
   * Edits a value, or restores it with null. `was`: the previously edited value. Rejects with the error from the
   * request.
   */
  onEdit?: (pointer: string, json: string | null, was: string | null) => Promise<void>
  /** Keyed by the place of the value. */
  sources: ReadonlyMap<string, ValueSource>
  onSource?: (source: ValueSource) => void
}

/** Shared by all places of one view. */
export interface ViewContextValue extends ViewEditing {
  root: Schema | null
  /** More of the value is to come. */
  forming: boolean
  /** Its last string or number is still being written. */
  open: boolean
  /** Keyed by the place they are about. */
  problems: ReadonlyMap<string, OutputProblem[]>
  /** The id of the element that shows a place. */
  idOf: (pointer: string) => string
  /** The id of the list of problems. */
  problemsId: string
  /** A place that must be rendered because the user navigates to it. */
  wanted: string | null
}

export const NO_PROBLEMS: ReadonlyMap<string, OutputProblem[]> = new Map()
export const READ_ONLY_VIEW: ViewEditing = { editing: false, edits: new Map(), original: undefined, sources: new Map() }

export const ViewContext = createContext<ViewContextValue>({
  ...READ_ONLY_VIEW,
  root: null,
  forming: false,
  open: false,
  problems: NO_PROBLEMS,
  idOf: (pointer) => pointer,
  problemsId: "",
  wanted: null,
})

export const useView = () => useContext(ViewContext)
