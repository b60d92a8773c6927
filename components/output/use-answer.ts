import { useMemo, useState } from "react"
import { useStablePrefix } from "@/components/output/use-settled"
import type { StoredEdits, ValueEdit } from "@/lib/messages/edits.types"
import type { ValueSource } from "@/lib/messages/sources.types"
import type { OutputCheck, OutputRequest } from "@/lib/messages/types"
import { editedText } from "@/lib/output/answer/edits"
import { prettyJson } from "@/lib/output/json-source"
import { parsePartial } from "@/lib/output/partial"

export interface AnswerProps {
  /** What the model wrote. */
  text: string
  request: OutputRequest | undefined
  check: OutputCheck | undefined
  streaming: boolean
  /** Number of values being generated again. */
  repairing?: number
  /** The outcome of a repair. */
  repaired?: "done" | "failed"
  /** Asks the model to repair the problems; undefined where nothing can be requested. */
  onRepair?: () => void
  busy?: boolean
  /** Edited values. */
  edits: StoredEdits | null
  /** Edits values; undefined where it is not allowed. */
  onEdit?: (values: ValueEdit[]) => Promise<void>
  sources?: ValueSource[]
  onSource?: (source: ValueSource) => void
}

const NOTHING: ReadonlyMap<string, string> = new Map()

/** An answer as shown: as the model wrote it, or with edits. */
export function useAnswer({ text: given, check, streaming, edits, onEdit, sources, onSource, request }: AnswerProps) {
  const [editing, setEditing] = useState(false)
  const [isOriginal, setOriginal] = useState(false)
  const written = useStablePrefix(given, streaming)
  const own = useMemo(() => parsePartial(written), [written])
  const isEdited = edits !== null && !isOriginal && own.state === "whole"
  const text = useMemo(() => (isEdited ? editedText(written, edits) : written), [isEdited, written, edits])
  const read = useMemo(() => (isEdited ? parsePartial(text) : own), [isEdited, text, own])
  const editable = onEdit && own.state === "whole" && !streaming
  const places = useMemo(() => new Map(edits?.values.map(({ path, json }) => [path, json])), [edits])
  const quotes = useMemo(() => new Map(sources?.map((source) => [source.path, source])), [sources])
  const pretty = () => (read.state === "whole" ? prettyJson(read.json) : text)
  return {
    ...{ text, read, pretty, isOriginal, setOriginal, isEdited },
    check: isEdited ? (edits?.check ?? check) : check,
    schema: request?.type === "json_schema" ? request.schema : null,
    editing: editing && editable === true && !isOriginal,
    toggle: editable ? () => setEditing(!editing || isOriginal) : undefined,
    reset: () =>
      void onEdit?.((edits?.values ?? []).map(({ path, json }) => ({ path, json: null, was: json }))).catch(() => {}),
    view: {
      edits: isEdited ? places : NOTHING,
      original: own.value,
      sources: quotes,
      onSource,
      onEdit: onEdit && ((path: string, json: string | null, was: string | null) => onEdit([{ path, json, was }])),
    },
  }
}
