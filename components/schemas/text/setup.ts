/** CodeMirror set up for schemas: JSON in our colors, completion, marked problems. Loaded with the text editor. */
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { json } from "@codemirror/lang-json"
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language"
import { lintGutter } from "@codemirror/lint"
import { EditorState, type Extension } from "@codemirror/state"
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view"
import { tags } from "@lezer/highlight"
import { suggestionsAt } from "@/components/schemas/text/suggestions"

/** The completions at the caret. */
export function complete({ state, pos }: CompletionContext): CompletionResult | null {
  const found = suggestionsAt(state.doc.toString(), pos)
  if (!found || found.options.length === 0) return null
  return {
    from: found.from,
    to: found.to,
    // The text in between is a quoted name, while the labels have no quotes.
    filter: false,
    options: filtered(state.sliceDoc(found.from, pos), found.options).map(({ label, insert, caret }) => ({
      label,
      type: "keyword",
      apply: (view, _, from, to) => {
        view.dispatch({
          changes: { from, to, insert },
          selection: { anchor: from + caret },
          userEvent: "input.complete",
        })
        // Opens completion for types, formats and references immediately.
        if (insert.charAt(caret) === '"') startCompletion(view)
      },
    })),
  }
}

function filtered<T extends { label: string }>(typed: string, options: T[]): T[] {
  const wanted = typed.replaceAll('"', "").toLowerCase()
  const begins = options.filter(({ label }) => label.toLowerCase().startsWith(wanted))
  const holds = options.filter((option) => !begins.includes(option) && option.label.toLowerCase().includes(wanted))
  return [...begins, ...holds]
}

const COLORS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--spark-text)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--success)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--foreground)", fontWeight: "500" },
  { tag: [tags.separator, tags.squareBracket, tags.brace, tags.punctuation], color: "var(--muted-foreground)" },
])

const LOOK = EditorView.theme({
  "&": { backgroundColor: "var(--background)", color: "var(--foreground)", fontSize: "0.8125rem", borderRadius: "6px" },
  "&.cm-focused": { outline: "2px solid var(--ring)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6", minHeight: "18rem", maxHeight: "60dvh" },
  ".cm-content": { caretColor: "var(--foreground)", padding: "0.5rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--foreground)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted-foreground)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklch, var(--muted) 45%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--spark-soft)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--muted)", outline: "1px solid var(--input)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--muted)", border: "none", color: "var(--muted-foreground)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--foreground)",
    border: "1px solid var(--border)",
    borderRadius: "8px",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", maxHeight: "14rem" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.625rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--muted)", color: "var(--foreground)" },
  ".cm-completionIcon": { display: "none" },
  ".cm-diagnostic": { padding: "0.375rem 0.625rem", fontFamily: "var(--font-sans)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--danger)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--input)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--danger)" },
  ".cm-lintRange-info": { backgroundImage: "none", borderBottom: "2px dotted var(--input)" },
})

/** `label`: accessible name; `onChange` receives the text after each user edit. */
export const schemaEditing = (label: string, onChange: (text: string) => void): Extension => [
  ...[lineNumbers(), lintGutter(), codeFolding(), foldGutter(), history(), drawSelection(), bracketMatching()],
  ...[closeBrackets(), highlightActiveLine(), json(), indentUnit.of("  "), EditorState.tabSize.of(2)],
  autocompletion({ override: [complete], icons: false }),
  syntaxHighlighting(COLORS),
  LOOK,
  EditorView.lineWrapping,
  // Tab leaves the editor, as in any field.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
  EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((one) => one.isUserEvent("outside")))
      onChange(update.state.doc.toString())
  }),
]
