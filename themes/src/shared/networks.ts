/** A network in CIDR notation (RFC 4632, RFC 4291). IPv4 addresses are mapped to IPv6. */
interface Network {
  /** The 128 bits of the address. */
  bits: string;
  /** How many of the bits all addresses of the network have. */
  prefix: number;
}

/** What a form does not accept: the key of the message, and what it names. */
export interface NetworksMistake {
  key: string;
  values?: Record<string, string>;
}

type Allowed = readonly string[] | null | undefined;

/** The maximum number of networks of a token, and of a realm. */
export const MAX_NETWORKS = 40;

// Checked here, because browsers also accept numbers such as 010 in a URL.
const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ADDRESS = String.raw`(?:[\da-f]*:)*${BYTE}(?:\.${BYTE}){3}|[\da-f]*:[\da-f:]*`;
const CIDR = new RegExp(String.raw`^(${ADDRESS})(?:/(0|[1-9]\d{0,2}))?$`, "i");
/** The bits before an IPv4 address. */
const MAPPED = "0".repeat(80) + "1".repeat(16);
/** The server does not accept a list that starts with a comma. */
const LEADING_COMMA = /^\s*(,\S*)/;
/** As on the server: in a browser, \s also matches spaces that are not ASCII. */
const SEPARATOR = /[ \t-\r,]+/;

/** The networks in a list that is separated by line breaks, spaces or commas. */
export function networksIn(text: string): string[] {
  return [...new Set(text.split(SEPARATOR).filter(Boolean))];
}

/** The first mistake in a list of networks, if any. The realm allows all networks, or only some. */
export function networksMistake(text: string, allowed?: Allowed): NetworksMistake | undefined {
  const [, comma] = LEADING_COMMA.exec(text) ?? [];
  const networks = comma === undefined ? networksIn(text) : [comma];
  const tooMany = networks.length > MAX_NETWORKS ? { key: "apiTokensNetworksTooMany" } : undefined;
  return networks.map((network) => mistakeIn(network, allowed)).find(Boolean) ?? tooMany;
}

function mistakeIn(network: string, allowed: Allowed): NetworksMistake | undefined {
  const parsed = parse(network);
  if (!parsed) {
    return { key: "apiTokensNetworkInvalid", values: { network } };
  }
  if (parsed.bits.includes("1", parsed.prefix)) {
    return { key: "apiTokensNetworkAddress", values: { network, corrected: corrected(parsed) } };
  }
  return !allowed || allowed.some((other) => overlap(parsed, parse(other)))
    ? undefined
    : { key: "apiTokensNetworkOutside", values: { network, networks: allowed.join(", ") } };
}

function parse(text: string): Network | undefined {
  const [, address = "", length] = CIDR.exec(text) ?? [];
  const mapped = address.includes(":") ? 0 : MAPPED.length;
  const prefix = mapped + Number(length ?? 128 - mapped);
  try {
    const bits = bitsOf(mapped ? `::ffff:${address}` : address);
    return prefix <= 128 && prefix >= (isIpv4(bits) ? MAPPED.length : 0) ? { bits, prefix } : undefined;
  } catch {
    return undefined;
  }
}

/** Throws if the text is not an IPv6 address. */
function bitsOf(ipv6: string): string {
  const [start = [], end = []] = canonical(ipv6)
    .split("::")
    .map((groups) => groups.split(":").filter(Boolean));
  const zeros = Array(8 - start.length - end.length).fill("0");
  return [...start, ...zeros, ...end].map((group) => parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}

/** The form of RFC 5952, without an IPv4 address at its end. */
function canonical(ipv6: string): string {
  return new URL(`http://[${ipv6}]`).hostname.slice(1, -1);
}

function isIpv4(bits: string): boolean {
  return bits.startsWith(MAPPED);
}

/** The network to which an address with a prefix length belongs. */
function corrected({ bits, prefix }: Network): string {
  const first = bits.slice(0, prefix).padEnd(128, "0");
  const numbers = (from: number, width: number, radix: number) =>
    (first.slice(from).match(new RegExp(`.{${width}}`, "g")) ?? []).map((part) => parseInt(part, 2).toString(radix));
  return isIpv4(bits)
    ? `${numbers(MAPPED.length, 8, 10).join(".")}/${prefix - MAPPED.length}`
    : `${canonical(numbers(0, 16, 16).join(":"))}/${prefix}`;
}

function overlap(one: Network, other?: Network): boolean {
  const common = Math.min(one.prefix, other?.prefix ?? 0);
  return (
    !!other && isIpv4(one.bits) === isIpv4(other.bits) && one.bits.slice(0, common) === other.bits.slice(0, common)
  );
}
