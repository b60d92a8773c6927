/** Parses the source code, for tests that enforce conventions. */
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { parseAst } from "vitest/node"
import { isRecord } from "@/lib/is-record"

const ROOT = path.resolve(import.meta.dirname, "../..")

/** An ESTree node, with untyped members. */
export interface Node {
  type: string
  start: number
  end: number
  [member: string]: unknown
}

export const isNode = (value: unknown): value is Node =>
  isRecord(value) && typeof value.type === "string" && typeof value.start === "number"

export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

export interface Source {
  file: string
  text: string
  program: Node
}

/** The files of these folders, without tests and generated files. */
export function sourcesOf(folders: string[]): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter(
      (file) => /\.tsx?$/.test(file) && !/\.(test|cases|fixture)\.tsx?$|\.d\.ts$|^lib\/db\/generated\//.test(file),
    )
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(ROOT, file), "utf8")
      const program: unknown = parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }, file)
      if (!isNode(program)) throw new Error(`${file} could not be read`)
      return { file, text, program }
    })
}

/** A node and its descendants in source order, each with its ancestors, the nearest last. */
export function* nodesOf(node: Node, around: Node[] = []): Generator<{ node: Node; around: Node[] }> {
  yield { node, around }
  const within = [...around, node]
  for (const member of Object.values(node))
    for (const child of Array.isArray(member) ? member : [member]) if (isNode(child)) yield* nodesOf(child, within)
}

/** `components/chat/chat.tsx:12`, a location that editors can open. */
export const placeOf = ({ file, text }: Source, { start }: Node): string =>
  `${file}:${text.slice(0, start).split("\n").length}`
