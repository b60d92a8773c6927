"use client"

import { setDiagnostics } from "@codemirror/lint"
import { EditorState, Transaction } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { useEffect, useEffectEvent, useRef } from "react"
import type { PlacedProblem } from "@/components/schemas/problems"
import { schemaEditing } from "@/components/schemas/text/setup"

interface Props {
  label: string
  text: string
  onChange: (text: string) => void
  problems: PlacedProblem[]
  /** Where to jump to; a new object jumps again. */
  jump: { from: number; to: number } | null
}

/** The schema as text, with context-aware completion and marked problems. */
export default function TextEditor({ label, text, onChange, problems, jump }: Props) {
  const around = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const changed = useEffectEvent(onChange)
  const first = useEffectEvent(() => text)
  useEffect(() => {
    if (!around.current) return
    const extensions = schemaEditing(label, (next) => changed(next))
    const view = new EditorView({ state: EditorState.create({ doc: first(), extensions }), parent: around.current })
    editor.current = view
    return () => {
      view.destroy()
      editor.current = null
    }
  }, [label])
  useEffect(() => {
    if (editor.current) replaceText(editor.current, text)
  }, [text])
  useEffect(() => {
    const view = editor.current
    // They may refer to an outdated text.
    if (!view || view.state.doc.toString() !== text) return
    const marks = problems.map(({ from, to, level, message }) => ({
      ...{ from, to, message, severity: level === "error" ? ("error" as const) : ("info" as const) },
    }))
    view.dispatch(setDiagnostics(view.state, marks))
  }, [problems, text])
  useEffect(() => {
    const view = editor.current
    if (!view || !jump) return
    const end = view.state.doc.length
    const selection = { anchor: Math.min(jump.from, end), head: Math.min(jump.to, end) }
    view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) })
    view.focus()
  }, [jump])
  return <div ref={around} className="rounded-md border border-input" />
}

/** Replaces the text from outside, keeping the common parts and thus the caret. */
function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString()
  if (old === text) return
  let from = 0
  while (from < old.length && from < text.length && old[from] === text[from]) from++
  let [to, end] = [old.length, text.length]
  while (to > from && end > from && old[to - 1] === text[end - 1]) {
    to--
    end--
  }
  view.dispatch({
    changes: { from, to, insert: text.slice(from, end) },
    annotations: Transaction.userEvent.of("outside"),
  })
}
