/**
 * The policy of every page. Scripts only with the nonce (and what they load); no network but our own server,
 * so that nothing a model writes can carry a conversation away. `sandbox`: the origin where code of models runs; `files`: the
 * one that signed links lead to.
 */
export function contentSecurityPolicy(
  nonce: string,
  development: boolean,
  sandbox: string | null,
  files: string | null,
): string {
  return [
    "default-src 'self'",
    // React's development build evaluates code to show stacks; the production build never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data:${files ? ` ${files}` : ""}`,
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // Diagrams are drawn in a frame without an origin (app/api/diagrams), code of models runs in one of the sandbox. Neither
    // can be led anywhere else.
    `frame-src 'self'${sandbox ? ` ${sandbox}` : ""}`,
    "frame-ancestors 'none'",
  ].join("; ")
}

/**
 * The policy of the frame in which diagrams are drawn: its own scripts, and nothing else of anywhere. It has no origin,
 * so that not every browser knows what its `'self'` is: the nonce goes on to what the script imports.
 */
export function diagramFramePolicy(nonce: string): string {
  return [
    "sandbox allow-scripts",
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ")
}

/**
 * The policy of the sandbox's frame, which its workers inherit: scripts and files of its own origin (`own`), WebAssembly,
 * workers that it makes itself; no network, no storage, no other address. Only `app` may show it.
 */
export function sandboxFramePolicy(own: string, app: string): string {
  return [
    "sandbox allow-scripts",
    "default-src 'none'",
    `script-src ${own} 'wasm-unsafe-eval'`,
    `connect-src ${own}`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${app}`,
  ].join("; ")
}
