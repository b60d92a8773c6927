"use client"

import { Upload, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type DragEvent, useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import type { Sheet } from "@/components/grids/api"
import {
  columnNames,
  countOf,
  gridRows,
  type Inputs,
  looksLikeTable,
  parseTable,
  tableOfRows,
  textsOf,
} from "@/components/grids/new/inputs"
import { readFiles } from "@/components/grids/new/read-files"
import { Button } from "@/components/ui/button"
import { FileInput } from "@/components/ui/file-input"
import { cn } from "@/lib/cn"
import { MAX_ROWS } from "@/lib/grids/contract/grid"

interface Props {
  inputs: Inputs | null
  onInputs: (inputs: Inputs | null) => void
  /** Called with a name suggested by a file. */
  onName: (name: string) => void
}

/** Collects the rows: pasted text or files. */
export function InputsStep({ inputs, onInputs, onName }: Props) {
  const [text, setText] = useState("")
  const [blocks, setBlocks] = useState(false)
  const [sheets, setSheets] = useState<{ sheets: Sheet[]; name: string } | null>(null)
  const paste = (next: string, inBlocks: boolean) => {
    setText(next)
    setBlocks(inBlocks)
    setSheets(null)
    const table = !inBlocks && looksLikeTable(next) ? parseTable(next, "") : null
    const texts = textsOf(next, inBlocks)
    onInputs(table ?? (texts.length > 0 ? { kind: "texts", texts } : null))
  }
  const files = useFiles((read) => {
    setText("")
    if (read.sheets) {
      setSheets(read)
      const [first] = read.sheets.filter(({ rows }) => rows.length > 0)
      onInputs(first ? tableOfRows(first.columns, first.rows, read.name) : null)
      onName(read.name)
    } else {
      setSheets(null)
      onInputs(read.inputs)
      if (read.inputs.kind === "table") onName(read.inputs.name)
    }
  })
  const clear = () => {
    setText("")
    setSheets(null)
    onInputs(null)
  }
  return (
    <>
      <DropZone files={files} text={text} blocks={blocks} onPaste={paste} />
      {sheets && sheets.sheets.length > 1 && (
        <SheetChoice
          sheets={sheets.sheets}
          onSheet={(sheet) => onInputs(tableOfRows(sheet.columns, sheet.rows, sheets.name))}
        />
      )}
      {inputs && <Preview inputs={inputs} onInputs={onInputs} onClear={clear} />}
    </>
  )
}

type Read = { inputs: Inputs; sheets?: undefined } | { sheets: Sheet[]; name: string; inputs?: undefined }

/** Reads files, reporting progress and errors. */
function useFiles(onRead: (read: Read) => void) {
  const t = useTranslations("grids.create")
  const [state, setState] = useState<{ done: number; all: number } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (files: File[]) => {
    if (files.length === 0 || state) return
    setProblem(null)
    setState({ done: 0, all: files.length })
    try {
      const read = await readFiles(files, {
        signal: new AbortController().signal,
        onProgress: (done) => setState({ done, all: files.length }),
      })
      if (read.problem) {
        const { key, name, megabytes = 0 } = read.problem
        setProblem(key === "tooLarge" ? t("tooLarge", { name, megabytes }) : t(key, { name }))
      } else onRead(read)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
    setState(null)
  }
  return { state, problem, take }
}

interface ZoneProps {
  files: ReturnType<typeof useFiles>
  text: string
  blocks: boolean
  onPaste: (text: string, blocks: boolean) => void
}

function DropZone({ files: { state, problem, take }, text, blocks, onPaste }: ZoneProps) {
  const t = useTranslations("grids.create")
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can also be chosen with the button
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn("rounded-lg border p-3", over && "border-spark bg-spark-soft")}
    >
      <label htmlFor={id} className="sr-only">
        {t("paste")}
      </label>
      <textarea
        id={id}
        rows={5}
        value={text}
        placeholder={t("paste")}
        onChange={(event) => onPaste(event.target.value, blocks)}
        onPaste={(event) => {
          const files = [...event.clipboardData.files]
          if (files.length === 0) return
          event.preventDefault()
          void take(files)
        }}
        className="max-h-60 w-full resize-y rounded-md border border-input bg-background px-3 py-2 text-sm"
      />
      <ZoneControls state={state} over={over} take={take} text={text} blocks={blocks} onPaste={onPaste} />
      {problem && (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
    </div>
  )
}

interface ControlsProps extends Pick<ZoneProps, "text" | "blocks" | "onPaste"> {
  state: ZoneProps["files"]["state"]
  over: boolean
  take: (files: File[]) => Promise<void>
}

function ZoneControls({ state, over, take, text, blocks, onPaste }: ControlsProps) {
  const t = useTranslations("grids.create")
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button size="sm" disabled={state !== null} onClick={() => picker.current?.click()}>
        <Upload className="size-4" aria-hidden /> {t("file")}
      </Button>
      <FileInput ref={picker} multiple hidden data-testid="grid-files" onFiles={(files) => void take(files)} />
      {text && (
        <label className="flex items-center gap-2 text-[0.8125rem]">
          <input type="checkbox" checked={blocks} onChange={(event) => onPaste(text, event.target.checked)} />
          {t("blocks")}
        </label>
      )}
      <p role="status" className="text-[0.8125rem] text-muted-foreground">
        {over ? t("drop") : state ? t("uploading", state) : ""}
      </p>
    </div>
  )
}

function SheetChoice({ sheets, onSheet }: { sheets: Sheet[]; onSheet: (sheet: Sheet) => void }) {
  const t = useTranslations("grids.create")
  const id = useId()
  const full = sheets.filter(({ rows }) => rows.length > 0)
  return (
    <div className="mt-3 flex items-center gap-2 text-sm">
      <label htmlFor={id}>{t("sheet")}</label>
      <select
        id={id}
        onChange={(event) => {
          const sheet = full[Number(event.target.value)]
          if (sheet) onSheet(sheet)
        }}
        className="h-9 min-w-0 rounded-md border border-input bg-background px-2 text-sm"
      >
        {full.map(({ name }, at) => (
          <option key={name} value={at}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

const SHOWN = 5

interface PreviewProps {
  inputs: Inputs
  onInputs: (inputs: Inputs) => void
  onClear: () => void
}

/** The number of rows, the first few, and which columns are used. */
function Preview({ inputs, onInputs, onClear }: PreviewProps) {
  const t = useTranslations("grids.create")
  const row = useTranslations("grids.row")
  const count = countOf(inputs)
  const names = columnNames(inputs, (number) => t("column", { number }))
  const rows = gridRows(inputs).slice(0, SHOWN)
  const wordsOf = (input: (typeof rows)[number]): string[] => {
    if ("text" in input) return [input.text]
    if ("fields" in input) return input.fields
    return ["page" in input ? row("page", { name: input.name, page: input.page }) : input.name]
  }
  return (
    <div className="mt-3">
      <div className="mb-2 flex items-center justify-between gap-3">
        <p role="status" className="font-medium text-sm">
          {t("rows", { count: Math.min(count, MAX_ROWS) })}
          {count > MAX_ROWS && (
            <span className="ms-2 font-normal text-danger">{t("tooMany", { count: MAX_ROWS })}</span>
          )}
        </p>
        <Button size="sm" variant="ghost" onClick={onClear}>
          <X className="size-4" aria-hidden /> {t("clear")}
        </Button>
      </div>
      {inputs.kind === "table" && <Columns inputs={inputs} onInputs={onInputs} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <section aria-label={t("preview")} tabIndex={0} className="overflow-x-auto rounded-lg border">
        <table className="w-full text-[0.8125rem]">
          {names.length > 0 && (
            <thead className="border-b text-muted-foreground">
              <tr>
                {names.map((name, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: column names may repeat
                  <th key={at} scope="col" className="whitespace-nowrap px-3 py-1.5 text-start font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((input, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are identified by index
              <tr key={place} className="border-b last:border-0">
                {wordsOf(input).map((words, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are identified by index
                  <td key={at} className="max-w-80 truncate px-3 py-1.5">
                    {words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

interface ColumnsProps {
  inputs: Extract<Inputs, { kind: "table" }>
  onInputs: (inputs: Inputs) => void
}

function Columns({ inputs, onInputs }: ColumnsProps) {
  const t = useTranslations("grids.create")
  const toggle = (at: number) => {
    const used = inputs.used.includes(at) ? inputs.used.filter((one) => one !== at) : [...inputs.used, at]
    if (used.length > 0) onInputs({ ...inputs, used: used.sort((a, b) => a - b) })
  }
  return (
    <fieldset className="mb-3">
      <legend className="mb-1.5 text-[0.8125rem] text-muted-foreground">{t("columns")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {inputs.columns.map((name, at) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: column names may repeat
            key={at}
            type="button"
            aria-pressed={inputs.used.includes(at)}
            onClick={() => toggle(at)}
            className={cn(
              "min-h-8 max-w-60 truncate rounded-full border px-3 text-[0.8125rem] pointer-coarse:min-h-10",
              inputs.used.includes(at)
                ? "border-spark bg-spark-soft font-medium"
                : "text-muted-foreground hover:border-input",
            )}
          >
            {name || t("column", { number: at + 1 })}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
