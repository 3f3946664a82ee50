/**
 * What the screens may load, decided once for the loopback host and the desktop's `app://` pages: their own files, and
 * nothing from anywhere else.
 */

/** What stands in the built `index.html` where every answer puts a nonce of its own. */
export const noncePlaceholder = '__CSP_NONCE__';

export interface ContentPolicyRequest {
  /** Unguessable and new for every page: what marks the style elements that the screens' own code makes. */
  readonly nonce: string;
  /** Further addresses that the page may connect to: the loopback host's own WebSocket. */
  readonly connect?: readonly string[];
}

/** The value of `Content-Security-Policy` for the page of the screens. */
export function contentPolicy({ nonce, connect = [] }: ContentPolicyRequest): string {
  return join({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...connect],
    'worker-src': ["'self'"],
    'frame-src': ['blob:'],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  });
}

/** The policy of every other answer: a file or a message is never a page. */
export const emptyPolicy = join({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] });

/** The headers that go with every answer, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': [
    ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid'],
    ...['microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'],
  ]
    .map((power) => `${power}=()`)
    .join(', '),
};

function join(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}
