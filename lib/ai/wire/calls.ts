/**
 * Assembles tool calls from whatever servers send: fragments by index, whole calls, no index or ID, duplicate IDs, and
 * arguments as an object, null, or nothing. The SDK gets each call with a unique index and ID, and its arguments in few
 * pieces, because it parses everything so far with each.
 */
import { ANSWER_LIMITS, type AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { isJson, type Json, numberOf, stringOf } from "@/lib/ai/wire/json"
import { isTooMuch, JsonShape } from "@/lib/json-shape"

/** Characters of arguments in the first piece for the SDK; each further one is as long as all before, */
const FIRST_PIECE = 200
/** up to this length: the SDK reads them character by character. */
const LONGEST_PIECE = 32_000

/** Characters of a tool's name, which is cut off there, and of an ID, which is ignored if longer. */
const MAX_OF_NAME = 200
const MAX_OF_ID = 300
/** Characters of other data of a call: the signature of its reasoning. */
const MAX_OF_EXTRA = 200_000

interface Call {
  index: number
  id: string
  /** The server's ID. */
  wireId: string | undefined
  wireIndex: number | undefined
  /** Empty until the server sends it; until then the SDK doesn't get the call. */
  name: string
  /** Characters of all arguments so far. */
  size: number
  /** Characters already passed on. */
  passed: number
  /** Arguments not yet passed on. */
  waiting: string[]
  shape: JsonShape
}

export class ToolCalls {
  private readonly calls: Call[] = []
  private readonly byIndex = new Map<number, Call>()
  private readonly byId = new Map<string, Call>()

  /** `pass` gets what to send to the SDK: a member of `tool_calls`. */
  constructor(
    private readonly pass: (call: Json) => void,
    private readonly budget: AnswerBudget,
  ) {}

  get any(): boolean {
    return this.calls.some(({ name }) => name !== "")
  }

  take(fragment: unknown): void {
    if (!isJson(fragment)) return
    const called = isJson(fragment.function) ? fragment.function : fragment
    const name = stringOf(called.name)?.slice(0, MAX_OF_NAME).trim() ?? ""
    const wireId = idOf(fragment.id)
    const wireIndex = numberOf(fragment.index)
    const args = argumentsIn(called.arguments ?? called.parameters ?? called.input)
    const found = this.find(wireId, wireIndex, name, args)
    if (found === null) return
    const call = found ?? this.begin(wireId, wireIndex)
    if (call.name === "" && name !== "") this.announce(call, name, fragment)
    this.add(call, args)
  }

  /** The calls are complete: passes on the remaining arguments. */
  end(): void {
    for (const call of this.calls) this.passArguments(call)
  }

  /** The call that a fragment continues; undefined if it starts a new one, null if it repeats one. */
  private find(wireId: string | undefined, wireIndex: number | undefined, name: string, args: string) {
    const byIndex = wireIndex === undefined ? undefined : this.byIndex.get(wireIndex)
    const byId = wireId === undefined ? undefined : this.byId.get(wireId)
    const last = wireIndex === undefined ? (byId ?? this.calls.at(-1)) : byIndex
    if (!last || name === "" || last.name === "") return last
    // A name starts a call, unless the server repeats it with each fragment.
    if (name !== last.name || (wireId !== undefined && wireId !== last.wireId)) return undefined
    // The same call, repeated as a whole.
    if (wireId !== undefined && last.passed === 0 && args !== "" && isSame(last, args)) return null
    const again = wireId !== undefined || wireIndex !== undefined
    return again && !(isWhole(last) && /^\s*\{/.test(args)) ? last : undefined
  }

  private begin(wireId: string | undefined, wireIndex: number | undefined): Call {
    this.budget.takeCall()
    const index = this.calls.length
    const id = wireId !== undefined && !this.budget.callIds.has(wireId) ? wireId : `call_${crypto.randomUUID()}`
    const call: Call = {
      index,
      id,
      wireId,
      wireIndex,
      name: "",
      size: 0,
      passed: 0,
      waiting: [],
      shape: new JsonShape(),
    }
    this.calls.push(call)
    this.budget.callIds.add(id)
    if (wireIndex !== undefined) this.byIndex.set(wireIndex, call)
    if (wireId !== undefined) this.byId.set(wireId, call)
    return call
  }

  private announce(call: Call, name: string, { extra_content }: Json): void {
    const { index, id } = call
    call.name = name
    const extra = isJson(extra_content) ? JSON.stringify(extra_content).length : 0
    const more = extra > 0 && extra <= MAX_OF_EXTRA ? { extra_content } : {}
    this.pass({ index, id, type: "function", function: { name, arguments: "" }, ...more })
  }

  private add(call: Call, args: string): void {
    if (args === "" || (call.size === 0 && isNothing(args))) return
    // An empty object is a placeholder for the arguments that follow.
    if (
      call.passed === 0 &&
      call.waiting.length === 1 &&
      /^\s*\{\s*\}\s*$/.test(call.waiting[0] ?? "") &&
      /^\s*\{/.test(args)
    ) {
      call.waiting = []
      call.size = 0
      call.shape = new JsonShape()
    }
    call.size += args.length
    this.budget.takeArguments(args.length, call.size)
    call.shape.feed(args)
    this.budget.takeShape(call.shape)
    call.waiting.push(args)
    // Anything that does not start as an object is repaired at the end.
    if (call.passed === 0 && !/^\s*\{/.test(call.waiting[0] ?? "")) return
    if (call.size - call.passed >= Math.min(LONGEST_PIECE, Math.max(FIRST_PIECE, call.passed))) this.passArguments(call)
  }

  private passArguments(call: Call): void {
    if (call.name === "" || call.passed === call.size) return
    const waiting = call.waiting.join("")
    this.pass({
      index: call.index,
      id: call.id,
      function: { arguments: call.passed === 0 ? putRight(waiting) : waiting },
    })
    call.passed = call.size
    call.waiting = []
  }
}

const idOf = (value: unknown): string | undefined => {
  const id = stringOf(value)
  return id !== undefined && id.length <= MAX_OF_ID ? id.trim() || undefined : undefined
}

/** Arguments as text; empty for null. */
function argumentsIn(value: unknown): string {
  if (value === undefined || value === null) return ""
  return typeof value === "string" ? value : JSON.stringify(value)
}

/** Empty arguments, as written by Python, by JavaScript, and as a list. */
const isNothing = (args: string) => /^\s*(?:null|None|undefined|\[\s*\])?\s*$/.test(args)

/** Unwraps JSON from a fence or from a JSON string. */
function putRight(args: string): string {
  if (/^\s*\{/.test(args)) return args
  const [, inFence] = /^\s*`{3,}\w*\s*(\{[\s\S]*\})\s*`{3,}\s*$/.exec(args) ?? []
  if (inFence !== undefined) return inFence
  try {
    const text: unknown = JSON.parse(args)
    return typeof text === "string" && /^\s*\{/.test(text) && !isTooMuch(text, ANSWER_LIMITS.argumentValues)
      ? text
      : args
  } catch {
    return args
  }
}

const isSame = ({ size, waiting }: Call, args: string) => size === args.length && waiting.join("") === args

/** Whether the arguments of a call are complete. Only checked if a server repeats its name. */
function isWhole({ waiting, passed }: Call): boolean {
  const text = waiting.join("")
  if (passed > 0) return text.trimEnd().endsWith("}")
  try {
    return isJson(JSON.parse(text))
  } catch {
    return false
  }
}
