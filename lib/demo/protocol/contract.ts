/**
 * Whether Fireworks would accept a body. For tests only: checks against the official OpenAPI document if it lies next
 * to the project, and always against our own, stricter `request.ts`.
 */
import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import { z } from "zod"
import { ContractError, parseRequest } from "@/lib/demo/protocol/request"

const OPENAPI = path.resolve(import.meta.dirname, "../../../../shared/data/fireworks-openapi.json")

const schemas = z.record(z.string(), z.record(z.string(), z.unknown()))
const document = z.looseObject({ components: z.looseObject({ schemas }) })

/** Additions to the document of June 2026 (fireworks-api.md): one key, and one reasoning level. */
function withNewer(request: Record<string, unknown>): Record<string, unknown> {
  const { properties } = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).parse(request)
  return {
    ...request,
    properties: {
      ...properties,
      stream_options: {
        type: "object",
        properties: { include_usage: { type: "boolean" } },
        additionalProperties: false,
      },
      reasoning_effort: { anyOf: [properties.reasoning_effort, { const: "xhigh" }] },
    },
  }
}

/** The official schema of a request; null if the document isn't available. */
export function officialSchema(file = OPENAPI): ValidateFunction | null {
  if (!existsSync(file)) return null
  const read = document.parse(JSON.parse(readFileSync(file, "utf8")))
  const { ChatCompletionRequest: request = {}, ...others } = read.components.schemas
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    validateFormats: false,
    validateSchema: false,
    meta: false,
  })
  ajv.addSchema({ $id: "openapi", components: { schemas: { ...others, ChatCompletionRequest: withNewer(request) } } })
  return ajv.compile({ $ref: "openapi#/components/schemas/ChatCompletionRequest" })
}

let official: ValidateFunction | null | undefined

/** What violates the official document; null if nothing does, or it isn't available. */
function officialProblem(body: unknown): string | null {
  official ??= officialSchema()
  if (!official || official(body)) return null
  const [problem] = official.errors ?? []
  const { additionalProperty, allowedValues = "" } = problem?.params ?? {}
  return `${problem?.instancePath || "/"} ${problem?.message} ${String(additionalProperty ?? allowedValues)}`.trim()
}

/** What is wrong with a body; null if Fireworks would accept it, as far as it doesn't depend on the model. */
export function contractViolation(body: unknown): string | null {
  try {
    parseRequest(body)
    return officialProblem(body)
  } catch (error) {
    if (error instanceof ContractError) return error.message
    throw error
  }
}

/** Bodies that violated the contract. `end` throws if there are any, so that no test run misses them. */
export class Violations {
  private readonly seen: string[] = []

  constructor() {
    // Loads it now instead of while the first body waits for its answer.
    official ??= officialSchema()
  }

  /** Records a body that Fireworks would refuse. */
  check(body: unknown): void {
    const problem = contractViolation(body)
    if (problem) this.add(problem, body)
  }

  add(problem: string, body: unknown): void {
    this.seen.push(`${problem}\n  in ${JSON.stringify(body)?.slice(0, 600)}`)
  }

  /** Returns and clears the violations, for tests that send invalid bodies on purpose. */
  take(): string[] {
    return this.seen.splice(0)
  }

  end(): void {
    const all = this.take()
    if (all.length > 0)
      throw new Error(`${all.length} requests were sent that Fireworks would reject:\n${all.slice(0, 5).join("\n")}`)
  }
}
