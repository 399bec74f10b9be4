/** React's modules by the names of the console's import map. */
export type React = Record<string, unknown>;

/** Loads React from the console, which a classic script can do only at run time. */
export async function importReact(): Promise<React> {
  const [react, runtime, dom] = await Promise.all([import("react"), import("react/jsx-runtime"), import("react-dom")]);
  return { react, "react/jsx-runtime": runtime, "react-dom": dom };
}
