/**
 * Builds the message from chunks like the AI SDK's `readUIMessageStream`, but in linear time: the SDK copies the whole
 * message for each chunk. Safe to import on both sides; pure.
 */
import type { UIMessageChunk } from "ai"
import { isRecord } from "@/lib/is-record"
import { type MessageParts, parsePart } from "@/lib/messages/parts"

type Part = MessageParts[number]

/** A part under construction. */
interface Growing {
  /** Everything but its text. */
  members: Record<string, unknown>
  /** Its text: the joined portion, and the pieces not yet joined. */
  text: string | null
  pieces: string[]
  /** Arguments of a call, as they arrive. */
  arguments: string[]
  /** The part as last returned; undefined after a change. */
  made: Part | null | undefined
}

/**
 * Number of pieces after which a text is joined: a string of a million pieces takes many times the memory of its
 * characters.
 */
const JOIN_AT = 512

type Members = Record<string, unknown>
type ToolChunk = Extract<UIMessageChunk, { toolCallId: string }>

export class MessageBuilder {
  private growing: Growing[] = []
  /** Index of the step's first part. */
  private stepAt = 0
  private texts = new Map<string, Growing>()
  private thoughts = new Map<string, Growing>()
  /** The latest call by ID, and those of the current step. */
  private readonly calls = new Map<string, Growing>()
  private stepCalls = new Map<string, Growing>()

  take(chunk: UIMessageChunk): void {
    if (chunk.type === "text-delta") write(this.texts.get(chunk.id), chunk.delta)
    else if (chunk.type === "reasoning-delta") write(this.thoughts.get(chunk.id), chunk.delta)
    else if (chunk.type === "text-start") this.texts.set(chunk.id, this.add({ type: "text", state: "streaming" }, ""))
    else if (chunk.type === "reasoning-start") {
      this.thoughts.set(chunk.id, this.add({ type: "reasoning", id: chunk.id, state: "streaming" }, ""))
    } else if (chunk.type === "text-end") this.close(this.texts, chunk.id)
    else if (chunk.type === "reasoning-end") this.close(this.thoughts, chunk.id)
    else if ("toolCallId" in chunk) this.takeCall(chunk)
    else if (chunk.type === "tool-approval-response") this.takeApproval(chunk)
    else if (chunk.type === "start-step") this.beginStep()
    else if (chunk.type === "reset-step") this.resetStep()
    else if (chunk.type === "file") this.add({ type: "file", mediaType: chunk.mediaType, url: chunk.url })
    else if (isData(chunk)) this.takeData(chunk)
  }

  /**
   * The parts so far. They belong to the caller: later chunks don't modify them, and an unchanged part is the same
   * object.
   */
  parts(): MessageParts {
    return this.growing.flatMap((part) => {
      if (part.made === undefined) part.made = made(part)
      return part.made ?? []
    })
  }

  /** Sets the input of calls with incomplete arguments to what `read` makes of the text so far. */
  async readArguments(read: (text: string) => Promise<unknown>): Promise<void> {
    for (const part of this.growing) {
      if (part.members.state !== "input-streaming" || part.arguments.length === 0) continue
      const text = part.arguments.join("")
      const input = await read(text)
      // They may have become complete in the meantime.
      if (part.members.state === "input-streaming") change(part, { input, rawInput: text })
    }
  }

  private add(members: Members, text: string | null = null): Growing {
    const part: Growing = { members, text, pieces: [], arguments: [], made: undefined }
    this.growing.push(part)
    return part
  }

  private close(open: Map<string, Growing>, id: string): void {
    const part = open.get(id)
    if (part) change(part, { state: "done" })
    open.delete(id)
  }

  private beginStep(): void {
    this.add({ type: "step-start" })
    this.stepAt = this.growing.length
    this.stepCalls = new Map()
  }

  /** Removes the content of the step. */
  private resetStep(): void {
    this.growing.length = this.stepAt
    this.texts = new Map()
    this.thoughts = new Map()
    this.stepCalls = new Map()
  }

  private takeCall(chunk: ToolChunk): void {
    const { toolCallId } = chunk
    if (chunk.type === "tool-input-start") this.begin(chunk, { state: "input-streaming" })
    else if (chunk.type === "tool-input-available") this.begin(chunk, { state: "input-available", input: chunk.input })
    else if (chunk.type === "tool-input-error")
      this.begin(chunk, { state: "output-error", input: chunk.input, ...faultIn(chunk) })
    else {
      const part = this.stepCalls.get(toolCallId) ?? this.calls.get(toolCallId)
      if (!part) return
      if (chunk.type === "tool-input-delta") part.arguments.push(chunk.inputTextDelta)
      else if (chunk.type === "tool-output-available") {
        const { output, preliminary } = chunk
        change(part, { state: "output-available", output, ...(preliminary && { preliminary }) })
      } else if (chunk.type === "tool-output-error") change(part, { state: "output-error", ...faultIn(chunk) })
      else if (chunk.type === "tool-output-denied") change(part, { state: "output-denied" })
      else if (chunk.type === "tool-approval-request")
        change(part, { state: "approval-requested", approval: askedIn(chunk) })
    }
  }

  private takeApproval({ approvalId, approved, reason }: ApprovalResponse): void {
    const part = this.growing.findLast(
      ({ members }) => isRecord(members.approval) && members.approval.id === approvalId,
    )
    if (!part || !isRecord(part.members.approval)) return
    const approval = { ...part.members.approval, approved, ...(reason !== undefined && { reason }) }
    change(part, { state: "approval-responded", approval })
  }

  private begin(call: { toolCallId: string; toolName: string; dynamic?: boolean }, members: Members): void {
    const { toolCallId, toolName, dynamic } = call
    const known = this.stepCalls.get(toolCallId)
    const named = dynamic ? { type: "dynamic-tool", toolName } : { type: `tool-${toolName}` }
    if (known) return void change(known, { ...(known.members.type === "dynamic-tool" ? {} : named), ...members })
    const part = this.add({ ...named, toolCallId, ...members })
    this.stepCalls.set(toolCallId, part)
    this.calls.set(toolCallId, part)
  }

  private takeData({ type, id, data, transient }: DataChunk): void {
    if (transient) return
    const known = id !== undefined && this.growing.find(({ members }) => members.type === type && members.id === id)
    if (known) change(known, { data })
    else this.add({ type, ...(id !== undefined && { id }), data })
  }
}

type ApprovalRequest = Extract<UIMessageChunk, { type: "tool-approval-request" }>
type ApprovalResponse = Extract<UIMessageChunk, { type: "tool-approval-response" }>

type FaultChunk = Extract<UIMessageChunk, { type: "tool-input-error" | "tool-output-error" }>

/** Why a call failed, and metadata of its result. */
const faultIn = ({ errorText, providerMetadata }: FaultChunk) => ({
  errorText,
  ...(providerMetadata && { resultProviderMetadata: providerMetadata }),
})

/** The stored fields of an approval request, by the SDK's names. */
const askedIn = (chunk: ApprovalRequest) => ({
  id: chunk.approvalId,
  ...(chunk.reason !== undefined && { requestReason: chunk.reason }),
  ...(chunk.isAutomatic && { isAutomatic: true }),
  ...("inputSchemaInput" in chunk && { inputSchemaInput: chunk.inputSchemaInput }),
})

type DataChunk = Extract<UIMessageChunk, { type: `data-${string}` }>
const isData = (chunk: UIMessageChunk): chunk is DataChunk => chunk.type.startsWith("data-")

function write(part: Growing | undefined, delta: string): void {
  if (!part) return
  part.made = undefined
  part.pieces.push(delta)
  if (part.pieces.length >= JOIN_AT) join(part)
}

function join(part: Growing): string {
  part.text = (part.text ?? "") + part.pieces.join("")
  part.pieces = []
  return part.text
}

function change(part: Growing, members: Members): void {
  part.made = undefined
  part.members = { ...part.members, ...members }
}

const made = (part: Growing): Part | null =>
  parsePart(part.text === null ? part.members : { ...part.members, text: join(part) })
