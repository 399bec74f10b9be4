// Runs in the browser: replaces the displayed page with its newest bundle.
import { createElement, useSyncExternalStore } from "react";

let version;
const followers = [];
new EventSource("/api-tokens-dev/changes").onmessage = ({ data }) => {
  if (data !== version) {
    version = data;
    for (const follower of followers) {
      follower(version);
    }
  }
};

/** Calls back with the version of the bundles, and again for each newer version. */
function follow(follower) {
  followers.push(follower);
  if (version) {
    follower(version);
  }
}

/** The component that a module exports, in its newest version. */
export async function hotComponent(url) {
  let newest;
  const listeners = new Set();
  const load = async (version) => {
    const oldStyles = document.querySelectorAll(`link[href="${new URL("account.css", url)}"]`);
    newest = (await import(`${url}?${version}`)).default;
    for (const styles of oldStyles) {
      styles.remove();
    }
    for (const listener of listeners) {
      listener();
    }
  };
  await new Promise((loaded, failed) => {
    follow((version) => load(version).then(loaded, failed));
  });
  const subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return () => createElement(useSyncExternalStore(subscribe, () => newest));
}

/** Defines the element of a script with the callbacks of its newest version. */
export function hotElement(name, url) {
  let newest;
  const otherStyles = [...document.adoptedStyleSheets];
  const load = async (version) => {
    const { run } = await import(`${url}?${version}`);
    const placed = customElements.get(name) ? [...document.querySelectorAll(name)] : [];
    for (const element of placed) {
      newest.disconnectedCallback.call(element);
    }
    document.adoptedStyleSheets = otherStyles;
    run({ get() {}, define: (_name, { prototype }) => (newest = prototype) });
    for (const element of placed) {
      newest.connectedCallback.call(element);
    }
    if (!customElements.get(name)) {
      customElements.define(
        name,
        elementOf(() => newest),
      );
    }
  };
  follow(load);
}

function elementOf(newest) {
  return class extends HTMLElement {
    connectedCallback() {
      return newest().connectedCallback.call(this);
    }

    disconnectedCallback() {
      newest().disconnectedCallback.call(this);
    }
  };
}

/** For a script whose effects cannot be undone: reloads the browser's page when it changes. */
export function reloadWhenChanged(url) {
  let before;
  follow(async () => {
    const text = await (await fetch(url)).text();
    if (before !== undefined && text !== before) {
      location.reload();
    }
    before = text;
  });
}
