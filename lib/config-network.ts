/** Sparkler's own addresses, and how it reaches others. */
import path from "node:path"
import { z } from "zod"
import { ConfigError } from "@/lib/config-error"
import { count, optionalCount, text, url } from "@/lib/config-values"
import { exceptionsIn, type Proxies, proxyAddress } from "@/lib/proxy"

const proxy = text.pipe(
  z
    .string()
    .transform((value, context) => {
      const address = proxyAddress(value)
      if (address === null)
        context.addIssue({ code: "custom", message: "allowed: http://HOST:PORT or https://HOST:PORT" })
      return address ?? z.NEVER
    })
    .optional(),
)

export const networkValues = {
  APP_URL: url("this application, as people type it"),
  // Both spellings are in use; lowercase takes precedence, as in curl and Node.js.
  HTTPS_PROXY: proxy,
  https_proxy: proxy,
  HTTP_PROXY: proxy,
  http_proxy: proxy,
  NO_PROXY: text,
  no_proxy: text,
  CA_FILE: text,
  HOST: text,
  PORT: count(3000, 0, 65_535),
  SANDBOX_PORT: optionalCount(0, 65_535),
  SANDBOX_URL: url("the sandbox, on another origin than APP_URL"),
  PYTHON_WHEELS_DIR: text,
  TRUSTED_PROXIES: count(0, 0, 10),
}

export interface NetworkConfig {
  /** The public origin, if configured. */
  appUrl: string | undefined
  /** For outgoing requests. */
  proxies: Proxies
  /** Trusted certificates in addition to Node.js's: absolute path of a PEM file. */
  caFile: string | undefined
  /** The listening address: an address of this machine, or all of them. */
  host: string
  port: number
  /** Where models' code runs. */
  sandbox: {
    /** Undefined: the one after `port`, or any free one. */
    port: number | undefined
    /** The origin at which browsers reach it through a proxy. */
    url: string | undefined
    /** Absolute path of the folder of wheels that Python may import. */
    wheelsDir: string
  }
  /** Number of reverse proxies whose `x-forwarded-for` entry is trusted. */
  trustedProxies: number
  /** Where people on this machine, or at `APP_URL`, open the page; no trailing slash. */
  address: string
}

const schema = z.object(networkValues)

/** `dataDir`: absolute. Throws `ConfigError`. */
export function networkConfig(e: z.output<typeof schema>, dataDir: string): NetworkConfig {
  const appUrl = e.APP_URL ? new URL(e.APP_URL).origin : undefined
  return {
    appUrl,
    proxies: {
      https: e.https_proxy ?? e.HTTPS_PROXY,
      http: e.http_proxy ?? e.HTTP_PROXY,
      except: exceptionsIn(e.no_proxy ?? e.NO_PROXY),
    },
    caFile: e.CA_FILE && path.resolve(/* turbopackIgnore: true */ e.CA_FILE),
    host: e.HOST ?? "127.0.0.1",
    port: e.PORT,
    sandbox: {
      port: e.SANDBOX_PORT,
      url: sandboxUrl(e.SANDBOX_URL, appUrl),
      wheelsDir: path.resolve(/* turbopackIgnore: true */ e.PYTHON_WHEELS_DIR ?? path.join(dataDir, "wheels")),
    },
    trustedProxies: e.TRUSTED_PROXIES,
    address: appUrl ?? `http://${hostShown(e.HOST)}:${e.PORT}`,
  }
}

/** Throws if models' code would run in the application's own origin, or if the embedding origin is unknown. */
function sandboxUrl(address: string | undefined, appUrl: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const { origin } = new URL(address)
  if (!appUrl) throw new ConfigError("SANDBOX_URL is wrong (it also needs APP_URL).")
  if (origin === appUrl) throw new ConfigError("SANDBOX_URL is wrong (allowed: a different origin than APP_URL).")
  return origin
}

/** A name for the listening address; addresses such as `0.0.0.0` can't be opened. */
function hostShown(host: string | undefined): string {
  if (!host || ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost"
  return host.includes(":") ? `[${host}]` : host
}

const passwordOf = (address: string) => decodeURIComponent(new URL(address).password)

/** Values that must be kept secret. */
export const networkSecrets = ({ proxies: { https, http } }: NetworkConfig): (string | undefined)[] =>
  [https, http].map((address) => address && passwordOf(address))
