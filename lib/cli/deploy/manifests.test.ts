/** Quick checks of the deployment files; `npm run deploy:check` does the rest. */
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import {
  problemsOfCompose,
  problemsOfDockerfile,
  problemsOfKubernetes,
  problemsOfObject,
  settingsSet,
} from "./manifests.mjs"

test("the Dockerfile is valid, and the check finds errors", () => {
  expect(problemsOfDockerfile()).toEqual([])
  const wrong = problemsOfDockerfile("FROM node\nCOPY nowhere .\nUSER root\nRUNN x\n")
  for (const problem of ["RUNN", "root", "HEALTHCHECK", "no version", "nowhere"])
    expect(wrong.join("\n")).toContain(problem)
})

test.each(["compose.yaml", "compose.scale.yaml"])("%s conforms to the specification", async (file) => {
  expect(await problemsOfCompose(file)).toEqual([])
})

test("the manifests are valid for Kubernetes, and the check finds errors", async () => {
  expect(await problemsOfKubernetes()).toEqual([])
  const container = { name: "x", imagee: "x", ports: [{ containerPort: "http" }] }
  const spec = { selector: {}, template: { spec: { containers: [container] } } }
  const wrong = await problemsOfObject({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x" }, spec })
  expect(wrong).toEqual([
    "Deployment x/spec/template/spec/containers/0/ports/0/containerPort: type",
    "Deployment x/spec/template/spec/containers/0/imagee: unknown",
  ])
})

test("every setting they use is a Sparkler setting", () => {
  const files = readdirSync("lib").filter((file) => /^config.*\.ts$/.test(file))
  const config = files.map((file) => readFileSync(`lib/${file}`, "utf8")).join("\n")
  const unknown = settingsSet().filter((name: string) => !new RegExp(`^ {2}${name}:`, "m").test(config))
  expect(unknown).toEqual([])
})

test("proxies overwrite client request ids and drop trace headers, since TRUSTED_PROXIES trusts what they send", () => {
  const nginx = readFileSync(".deploy/nginx/nginx.conf", "utf8")
  for (const line of ["proxy_set_header X-Request-Id $request_id;", 'proxy_set_header traceparent "";'])
    expect(nginx).toContain(line)
  const caddy = readFileSync(".deploy/caddy/Caddyfile", "utf8")
  for (const line of ["header_up X-Request-Id {http.request.uuid}", "header_up -Traceparent"])
    expect(caddy).toContain(line)
})

test("the README's internal links resolve", () => {
  const text = readFileSync("README.md", "utf8")
  const names = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  )
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, name = ""]) => name)
  expect(links.filter((name) => !names.includes(name))).toEqual([])
})

test("no secrets or local files get into an image", () => {
  const left = readFileSync(".dockerignore", "utf8").split("\n")
  for (const name of [".env*", ".git", "data", "node_modules", ".next", ".sparkler"]) expect(left).toContain(name)
})
