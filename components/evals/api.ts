/** API for evals. All functions throw `ApiError` with a message for the user. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type {
  BlindTally,
  BlindView,
  CasesChangeRequest,
  CaseView,
  ChoiceRequest,
  EvalChangeRequest,
  EvalHead,
  EvalSummary,
  NewRunRequest,
  RunChangeRequest,
  RunHead,
  RunRequest,
  RunView,
} from "@/lib/evals/types"
import { isRecord } from "@/lib/is-record"

// Our own server's responses have the types in lib/evals, so a shallow check is enough.
function partOf<T>(answer: unknown, name: string): T {
  if (!isRecord(answer) || !isRecord(answer[name])) throw unexpected()
  return answer[name] as T
}

const at = (id: string, what = "") => `/api/evals/${id}${what}`
const run = (id: string, what = "") => `/api/evals/runs/${id}${what}`

export async function readEvals(): Promise<EvalSummary[]> {
  const answer = await api("/api/evals")
  if (!isRecord(answer) || !Array.isArray(answer.evals)) throw unexpected()
  return answer.evals
}

export const readEval = async (id: string): Promise<EvalHead> => partOf(await api(at(id)), "eval")

export const makeEval = async (id: string, title: string): Promise<EvalHead> =>
  partOf(await api("/api/evals", { method: "POST", body: { id, title } }), "eval")

export const changeEval = async (id: string, change: EvalChangeRequest): Promise<EvalHead> =>
  partOf(await api(at(id), { method: "PATCH", body: change }), "eval")

export const deleteEval = (id: string): Promise<unknown> => api(at(id), { method: "DELETE" })

export const changeCases = async (id: string, change: CasesChangeRequest): Promise<EvalHead> =>
  partOf(await api(at(id, "/cases"), { method: "PATCH", body: change }), "eval")

export const makeRun = async (evalId: string, asked: NewRunRequest): Promise<RunHead> =>
  partOf(await api(at(evalId, "/runs"), { method: "POST", body: asked }), "run")

export const changeRun = async (id: string, change: RunChangeRequest): Promise<RunHead> =>
  partOf(await api(run(id), { method: "PATCH", body: change }), "run")

export const deleteRun = (id: string): Promise<unknown> => api(run(id), { method: "DELETE" })

export const controlRun = async (id: string, request: RunRequest): Promise<RunHead> =>
  partOf(await api(run(id, "/run"), { method: "POST", body: request }), "run")

/** A run with all rows of its matrix, or those with these numbers. */
export async function readRun(id: string, numbers?: number[]): Promise<RunView> {
  const answer = await api(run(id, `/rows${numbers ? `?rows=${numbers.join(",")}` : ""}`))
  if (!isRecord(answer) || !isRecord(answer.run) || !Array.isArray(answer.rows)) throw unexpected()
  return answer as unknown as RunView
}

export const readCase = async (id: string, number: number): Promise<CaseView> =>
  partOf(await api(run(id, `/case?number=${number}`)), "case")

export const readBlind = async (id: string): Promise<BlindView> => partOf(await api(run(id, "/blind")), "blind")

export const choose = async (id: string, choice: ChoiceRequest): Promise<BlindView> =>
  partOf(await api(run(id, "/blind"), { method: "POST", body: choice }), "blind")

export const fetchBlindTally = async (id: string): Promise<BlindTally> =>
  partOf(await api(run(id, "/blind?tally=1")), "tally")

/** All answers as a JSON array. */
export async function readExport(id: string): Promise<string> {
  const response = await fetch(run(id, "/export")).catch((cause: unknown) => {
    throw unreachable(cause)
  })
  if (!response.ok) throw await readError(response)
  return response.text()
}
