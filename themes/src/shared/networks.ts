/** The networks from which a token can be used, in CIDR notation (RFC 4632, RFC 4291). */
interface Network {
  /** The address: 32 bits for IPv4, 128 for IPv6. */
  bits: string;
  /** How many of the bits all addresses of the network have. */
  prefix: number;
}

/** What the form does not accept: the key of the message, and what it names. */
export interface NetworksMistake {
  key: string;
  values?: Record<string, string>;
}

/** The maximum number of networks of a token. */
export const MAX_NETWORKS = 40;

const BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(String.raw`^${BYTE}(?:\.${BYTE}){3}$`);
const CIDR = /^([\da-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/i;
/** The start of an IPv6 address that contains an IPv4 address. */
const MAPPED = "0".repeat(80) + "1".repeat(16);
/** The server does not accept a list that starts with a comma. */
const LEADING_COMMA = /^\s*(,\S*)/;
const SHOWN_LENGTH = 50;

/** The networks in a list that is separated by line breaks, spaces or commas. */
export function networksIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

export function networksText(networks: readonly string[] = []): string {
  return networks.join("\n");
}

/** The first mistake in the networks of a token, if any. The realm allows all networks, or only some. */
export function tokenNetworksMistake(text: string, allowed?: readonly string[] | null): NetworksMistake | undefined {
  const tooMany = networksIn(text).length > MAX_NETWORKS ? { key: "apiTokensNetworksTooMany" } : undefined;
  return networksMistake(text, allowed) ?? tooMany;
}

/** The first mistake in a list of networks of any length, if any. */
export function networksMistake(text: string, allowed?: readonly string[] | null): NetworksMistake | undefined {
  const [, comma] = LEADING_COMMA.exec(text) ?? [];
  const networks = comma === undefined ? networksIn(text) : [comma];
  return networks.map((network) => mistakeIn(network, allowed)).find(Boolean);
}

function mistakeIn(text: string, allowed?: readonly string[] | null): NetworksMistake | undefined {
  const shown = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
  const network = networkOf(text);
  if (!network) {
    return { key: "apiTokensNetworkInvalid", values: { network: shown } };
  }
  if (network.bits.includes("1", network.prefix)) {
    return { key: "apiTokensNetworkAddress", values: { network: shown, corrected: corrected(network) } };
  }
  return !allowed || allowed.some((other) => overlap(network, networkOf(other)))
    ? undefined
    : { key: "apiTokensNetworkOutside", values: { network: shown, networks: allowed.join(", ") } };
}

function networkOf(text: string): Network | undefined {
  const [, address = "", length] = CIDR.exec(text) ?? [];
  const bits = address.includes(":") ? bitsOfIpv6(address) : bitsOfIpv4(address);
  const prefix = length === undefined ? bits?.length : Number(length);
  if (bits === undefined || prefix === undefined || prefix > bits.length) {
    return undefined;
  }
  if (!bits.startsWith(MAPPED)) {
    return { bits, prefix };
  }
  return prefix < MAPPED.length ? undefined : { bits: bits.slice(MAPPED.length), prefix: prefix - MAPPED.length };
}

function bitsOfIpv4(address: string): string | undefined {
  return IPV4.test(address) ? toBits(address.split("."), 10, 8) : undefined;
}

function bitsOfIpv6(address: string): string | undefined {
  try {
    // Without an IPv4 address at the end, and with "::" at most once.
    const [start, end] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
    const [first, last] = [start, end].map((groups) => groups?.split(":").filter(Boolean) ?? []) as [
      string[],
      string[],
    ];
    const between = Array<string>(8 - first.length - last.length).fill("0");
    return toBits([...first, ...between, ...last], 16, 16);
  } catch {
    return undefined;
  }
}

function toBits(numbers: string[], radix: number, width: number): string {
  return numbers.map((number) => Number.parseInt(number, radix).toString(2).padStart(width, "0")).join("");
}

/** The network to which an address with a prefix length belongs. */
function corrected({ bits, prefix }: Network): string {
  const first = bits.slice(0, prefix).padEnd(bits.length, "0");
  const numbers = (width: number) =>
    Array.from({ length: bits.length / width }, (_, index) =>
      Number.parseInt(first.slice(index * width, (index + 1) * width), 2),
    );
  const address =
    bits.length === 32
      ? numbers(8).join(".")
      : new URL(
          `http://[${numbers(16)
            .map((group) => group.toString(16))
            .join(":")}]`,
        ).hostname.slice(1, -1);
  return `${address}/${prefix}`;
}

function overlap(one: Network, other?: Network): boolean {
  const common = Math.min(one.prefix, other?.prefix ?? 0);
  return one.bits.length === other?.bits.length && one.bits.slice(0, common) === other.bits.slice(0, common);
}
