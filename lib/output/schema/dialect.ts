/** Which draft of JSON Schema a schema is written in, and the meta-schemas of each draft. */
import meta2019Applicator from "ajv/dist/refs/json-schema-2019-09/meta/applicator.json" with { type: "json" }
import meta2019Content from "ajv/dist/refs/json-schema-2019-09/meta/content.json" with { type: "json" }
import meta2019Core from "ajv/dist/refs/json-schema-2019-09/meta/core.json" with { type: "json" }
import meta2019Format from "ajv/dist/refs/json-schema-2019-09/meta/format.json" with { type: "json" }
import meta2019Data from "ajv/dist/refs/json-schema-2019-09/meta/meta-data.json" with { type: "json" }
import meta2019Validation from "ajv/dist/refs/json-schema-2019-09/meta/validation.json" with { type: "json" }
import meta2019 from "ajv/dist/refs/json-schema-2019-09/schema.json" with { type: "json" }
import metaApplicator from "ajv/dist/refs/json-schema-2020-12/meta/applicator.json" with { type: "json" }
import metaContent from "ajv/dist/refs/json-schema-2020-12/meta/content.json" with { type: "json" }
import metaCore from "ajv/dist/refs/json-schema-2020-12/meta/core.json" with { type: "json" }
import metaFormat from "ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json" with { type: "json" }
import metaData from "ajv/dist/refs/json-schema-2020-12/meta/meta-data.json" with { type: "json" }
import metaUnevaluated from "ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json" with { type: "json" }
import metaValidation from "ajv/dist/refs/json-schema-2020-12/meta/validation.json" with { type: "json" }
import meta2020 from "ajv/dist/refs/json-schema-2020-12/schema.json" with { type: "json" }
import meta7 from "ajv/dist/refs/json-schema-draft-07.json" with { type: "json" }

/** Drafts before draft-07 are treated as draft-07. */
export type Draft = "2020-12" | "2019-09" | "draft-07"

export type Schema = Record<string, unknown>

/** The URI of each draft's meta-schema. */
export const META_ADDRESS: Record<Draft, string> = {
  "2020-12": "https://json-schema.org/draft/2020-12/schema",
  "2019-09": "https://json-schema.org/draft/2019-09/schema",
  "draft-07": "http://json-schema.org/draft-07/schema",
}

export const META_SCHEMAS: Record<Draft, Schema[]> = {
  "2020-12": [
    meta2020,
    metaApplicator,
    metaContent,
    metaCore,
    metaData,
    metaFormat,
    metaUnevaluated,
    metaValidation,
  ] as Schema[],
  "2019-09": [
    meta2019,
    meta2019Applicator,
    meta2019Content,
    meta2019Core,
    meta2019Data,
    meta2019Format,
    meta2019Validation,
  ] as Schema[],
  "draft-07": [meta7] as Schema[],
}

/** The draft that `$schema` names; null if it names none that is supported. */
export function draftFromSchemaUri($schema: unknown): Draft | null {
  const name = String($schema ?? "")
  if (/2020-12/.test(name)) return "2020-12"
  if (/2019-09/.test(name)) return "2019-09"
  return /draft-0[3-7]/.test(name) ? "draft-07" : null
}
