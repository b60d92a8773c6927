import type { OutputRequest } from "@/lib/chat/types"
import { AppError } from "@/lib/http/errors"
import { checkSchema } from "@/lib/output/validate"

/** Throws `output:schema_invalid` when the schema that is asked for is none; its `details` say where. */
export function checkOutput(output: OutputRequest | null | undefined): void {
  if (output?.type !== "json_schema") return
  const [problem] = checkSchema(output.schema)
  if (problem)
    throw new AppError(
      "output:schema_invalid",
      `The schema can't be used${problem.path ? ` (at ${problem.path})` : ""}: ${problem.message}`,
      { details: { path: problem.path } },
    )
}
