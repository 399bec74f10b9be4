import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_NETWORKS, networksIn, networksMistake } from "../../src/shared/networks";

describe("a list of networks", () => {
  test("is separated by line breaks, spaces or commas, and has each of them once", () => {
    const text = " 10.0.0.0/8\r\n2001:db8::/32, 192.0.2.1,,10.0.0.0/8\t";
    assert.deepEqual(networksIn(text), ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]);
    assert.deepEqual(networksIn(" \n, "), []);
  });

  test("is separated as on the server, by white space of ASCII only", () => {
    for (const space of ["\u00a0", "\u3000", "\u2028", "\ufeff"]) {
      assert.equal(networksMistake(`10.0.0.0/8${space}192.0.2.0/24`)?.key, "apiTokensNetworkInvalid");
    }
  });

  test("may be empty, and have 40 networks", () => {
    const networks = Array.from({ length: MAX_NETWORKS + 1 }, (_, index) => `10.0.${index}.0/24`);
    assert.equal(networksMistake(""), undefined);
    assert.equal(networksMistake(networks.slice(1).join("\n")), undefined);
    assert.deepEqual(networksMistake(networks.join("\n")), { key: "apiTokensNetworksTooMany" });
    assert.equal(networksMistake([...networks.slice(1), networks[1]].join("\n")), undefined);
  });

  test("must not start with a comma, as on the server", () => {
    for (const text of [",", " ,10.0.0.0/8", ", 10.0.0.0/8"]) {
      assert.equal(networksMistake(text)?.key, "apiTokensNetworkInvalid", text);
    }
    assert.equal(networksMistake("10.0.0.0/8,"), undefined);
  });

  test("is reported with its first mistake", () => {
    const mistake = networksMistake("10.0.0.0/8\nexample.com\n10.1.2.3/8");
    assert.deepEqual(mistake, { key: "apiTokensNetworkInvalid", values: { network: "example.com" } });
  });
});

describe("a network", () => {
  const right = [
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/8",
    "10.1.2.3",
    "10.1.2.3/32",
    "255.255.255.255",
    "2001:db8::/32",
    "2001:DB8::1",
    "2001:db8:1:2:3:4:5:6/128",
    "::1",
    "fe80::/10",
    "::ffff:10.0.0.0/104",
    "::ffff:a00:0/104",
    "::ffff:0.0.0.0/96",
    "64:ff9b::192.0.2.0/120",
  ];
  for (const network of right) {
    test(`may be ${network}`, () => assert.equal(networksMistake(network), undefined));
  }

  const wrong = [
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/+8",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "/8",
    "10.0.0.0/8/8",
    "10.0.0.0/255.0.0.0",
    "010.0.0.1",
    "10.1",
    "1",
    "10.0.0.01",
    "0x0a.0.0.1",
    "::10.1",
    "::ffff:256.0.0.1",
    "1.2.3.4:",
    "256.0.0.1",
    "10.0.0.0.",
    "example.com",
    "cafe",
    "2001:db8::/129",
    "2001:db8::1::2",
    "2001:db8:1:2:3:4:5:6:7",
    "2001:db8:1:2:3:4:5",
    "20010::",
    ":",
    "[2001:db8::]/32",
    "fe80::1%eth0",
    "::ffff:10.0.0.0/95",
    "::ffff:010.0.0.1",
    "١٠.0.0.0/8",
  ];
  for (const network of wrong) {
    test(`must not be ${network}`, () => {
      assert.deepEqual(networksMistake(network), { key: "apiTokensNetworkInvalid", values: { network } });
    });
  }

  const corrections: [string, string][] = [
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["10.1.2.3/0", "0.0.0.0/0"],
    ["192.0.2.255/31", "192.0.2.254/31"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["2001:db8:ffff:ffff::/33", "2001:db8:8000::/33"],
    ["::1/0", "::/0"],
    ["::ffff:10.1.2.3/104", "10.0.0.0/8"],
  ];
  for (const [network, corrected] of corrections) {
    test(`${network} has the first address in ${corrected}`, () => {
      assert.deepEqual(networksMistake(network), { key: "apiTokensNetworkAddress", values: { network, corrected } });
      assert.equal(networksMistake(corrected), undefined);
    });
  }
});

describe("in a realm that allows some networks", () => {
  const allowed = ["10.0.0.0/8", "2001:db8::/32"];
  const within = [
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.9.9.9",
    "0.0.0.0/0",
    "2001:db8:1::/48",
    "::/0",
    "::ffff:10.1.0.0/112",
  ];
  for (const network of within) {
    test(`${network} is possible`, () => assert.equal(networksMistake(network, allowed), undefined));
  }
  for (const network of ["11.0.0.0/8", "2001:db9::/32", "::a00:0/104"]) {
    test(`${network} is outside`, () => {
      const values = { network, networks: "10.0.0.0/8, 2001:db8::/32" };
      assert.deepEqual(networksMistake(network, allowed), { key: "apiTokensNetworkOutside", values });
    });
  }

  test("a token without networks is possible", () => assert.equal(networksMistake("", allowed), undefined));

  test("all networks are possible if it allows all", () => {
    assert.equal(networksMistake("192.0.2.0/24", null), undefined);
    assert.equal(networksMistake("192.0.2.0/24", ["0.0.0.0/0"]), undefined);
    assert.equal(networksMistake("2001:db8::", ["0.0.0.0/0"])?.key, "apiTokensNetworkOutside");
  });
});
