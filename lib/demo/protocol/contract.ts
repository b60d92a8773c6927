/**
 * Is a body one that Fireworks takes? For tests only: checked against the official OpenAPI where it lies beside the
 * project, and against `request.ts`, which is written by us and stricter, everywhere.
 */
import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import { z } from "zod"
import { ContractError, parseRequest } from "@/lib/demo/protocol/request"

const OPENAPI = path.resolve(import.meta.dirname, "../../../../shared/data/fireworks-openapi.json")

const schemas = z.record(z.string(), z.record(z.string(), z.unknown()))
const document = z.looseObject({ components: z.looseObject({ schemas }) })

/** What newer facts add to the document of June 2026 (fireworks-api.md): one key, and one level of thinking. */
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

/** The official schema of a request; null where the document is not there. */
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

/** What the official document says against a body; null when nothing, or when it is not there. */
function officialProblem(body: unknown): string | null {
  official ??= officialSchema()
  if (!official || official(body)) return null
  const [problem] = official.errors ?? []
  const { additionalProperty, allowedValues = "" } = problem?.params ?? {}
  return `${problem?.instancePath || "/"} ${problem?.message} ${String(additionalProperty ?? allowedValues)}`.trim()
}

/** What is wrong with a body; null when Fireworks would take it, as far as it doesn't depend on the model. */
export function contractViolation(body: unknown): string | null {
  try {
    parseRequest(body)
    return officialProblem(body)
  } catch (error) {
    if (error instanceof ContractError) return error.message
    throw error
  }
}

/** Bodies that broke the contract. `end` throws when there are any, so that no test run passes over them. */
export class Violations {
  private readonly seen: string[] = []

  constructor() {
    // Now, and not while the first body waits for its answer.
    official ??= officialSchema()
  }

  /** Notes a body that Fireworks would refuse. */
  check(body: unknown): void {
    const problem = contractViolation(body)
    if (problem) this.add(problem, body)
  }

  add(problem: string, body: unknown): void {
    this.seen.push(`${problem}\n  in ${JSON.stringify(body)?.slice(0, 600)}`)
  }

  /** Takes what was seen: a test that sends something wrong on purpose looks at it here. */
  take(): string[] {
    return this.seen.splice(0)
  }

  end(): void {
    const all = this.take()
    if (all.length > 0)
      throw new Error(`${all.length} requests were sent that Fireworks would refuse:\n${all.slice(0, 5).join("\n")}`)
  }
}
