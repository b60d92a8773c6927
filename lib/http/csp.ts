/**
 * The policy of every page. Scripts only with the nonce (and what they load); network access only to our own server, so
 * that nothing a model writes can exfiltrate a conversation. `sandbox`: the origin where model-written code runs;
 * `files`: the origin of signed links.
 */
export function contentSecurityPolicy(
  nonce: string,
  development: boolean,
  sandbox: string | null,
  files: string | null,
): string {
  return [
    "default-src 'self'",
    // React's development build evaluates code to show stack traces; the production build never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data:${files ? ` ${files}` : ""}`,
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // Diagrams are rendered in a frame without an origin (app/api/diagrams), model-written code runs in a frame of the
    // sandbox. Neither can be navigated anywhere else.
    `frame-src 'self'${sandbox ? ` ${sandbox}` : ""}`,
    "frame-ancestors 'none'",
  ].join("; ")
}

/**
 * The policy of the frame that renders diagrams: its own scripts, and nothing else from anywhere. It has no origin, so
 * browsers differ in what its `'self'` means: the nonce is passed on to the script's imports.
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
 * The policy of the sandbox's frame, which its workers inherit: scripts and files of its own origin (`own`),
 * WebAssembly, workers it creates itself; no network, no storage, no other origin. Only `app` may embed it.
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
